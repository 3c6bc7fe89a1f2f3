"""Bytes to text: byte order mark, then UTF-8, then the encoding that gives plausible text."""

import codecs
import re
from collections.abc import Callable

from govkg.errors import CorpusError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Share of bytes that may be damaged in a text that is otherwise UTF-8.
_DAMAGE = 0.001
_FEW = 3
# Share of the non-ASCII characters that have to be everyday ones of the encoding.
_PLAUSIBLE = 0.85
# Share of control characters from which on the bytes are no text.
_CONTROLS = 0.05
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# UTF-8 read as Latin-1 and saved again: a lead byte's letter and continuation bytes' signs.
_MOJIBAKE = re.compile("[\u00c3-\u00f4][\u0080-\u00bf]{1,3}")
_REMEDY = "save the file as UTF-8"


def decode(data: bytes) -> tuple[str, str]:
    """The text of the bytes, and a note for the curator where something was lost.

    Raises:
        CorpusError: the bytes are no text, or no encoding gives plausible text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, "replace").removeprefix("\ufeff"))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _guess(data)


def _checked(text: str) -> tuple[str, str]:
    if len(_CONTROL.findall(text)) > max(_CONTROLS * len(text), 40):
        raise CorpusError("not text", remedy="remove the file or give it its right ending")
    garbled = sum(len(match) for match in _MOJIBAKE.findall(text))
    if garbled > _FEW and garbled > sum(not character.isascii() for character in text) / 2:
        raise CorpusError(
            "the text was saved in a wrong encoding before (mojibake)",
            remedy="get the original file again and save it as UTF-8",
        )
    lost = text.count("\ufffd")
    if lost > max(_FEW, _DAMAGE * len(text)):
        raise CorpusError(f"{lost} characters cannot be decoded", remedy=_REMEDY)
    return text, f"{lost} damaged characters were replaced" if lost else ""


def _guess(data: bytes) -> tuple[str, str]:
    damaged = data.decode("utf-8", "replace")
    if damaged.count("\ufffd") <= max(_FEW, _DAMAGE * len(damaged)):
        return _checked(damaged)
    scored = []
    for encoding, everyday in _CANDIDATES.items():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        scored.append((_plausibility(text, everyday), text))
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    if best[0] < _PLAUSIBLE:
        raise CorpusError("not text, or text in an unknown encoding", remedy=_REMEDY)
    return _checked(best[1])


def _plausibility(text: str, everyday: Callable[[str], bool]) -> float:
    unusual = [character for character in text if not character.isascii()]
    if not unusual or _CONTROL.search(text):
        return 0.0
    return sum(map(everyday, unusual)) / len(unusual)


def _everyday_gb(character: str) -> bool:
    """Whether a character is punctuation or among the 3,755 most used of GB 2312."""
    code = character.encode("gb2312", "ignore")
    return len(code) == 2 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)


def _everyday_big5(character: str) -> bool:
    """Whether a character is punctuation or among the 5,401 most used of Big5."""
    code = character.encode("big5", "ignore")
    return len(code) == 2 and 0xA1 <= code[0] <= 0xC6


def _everyday_latin(character: str) -> bool:
    return character in "éèêëàâäçùûüôöîïñáíóúãõåøæßÉÈÀÇÜÖÄÑ‘’“”–—…€£°«»•\u00a0"


_CANDIDATES: dict[str, Callable[[str], bool]] = {
    "gb18030": _everyday_gb,
    "big5": _everyday_big5,
    "cp1252": _everyday_latin,
}

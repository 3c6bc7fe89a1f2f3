"""The automatic numbers of Word paragraphs, which are not part of their text."""

import re
from typing import Any

from docx.oxml.ns import qn

_NUMERALS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "ideographTraditional",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
    }
)
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LEVELS = 9
_MAX_STYLES = 20

Element = Any


class Numbering:
    """Counts along a document and gives each paragraph the number that Word shows before it."""

    def __init__(self, document: Any, styled: bool) -> None:
        """Takes a document, and whether it has styles of its own, which may number too."""
        self.styled = styled
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, list[int]] = {}
        self._abstract: dict[str, str] = {}
        part = next(
            (
                relation.target_part
                for relation in document.part.rels.values()
                if relation.reltype.endswith("/numbering") and not relation.is_external
            ),
            None,
        )
        if part is not None:
            self._read(part.element)

    def of(self, paragraph: Any) -> tuple[str, bool]:
        """The number with the blank after it (or nothing), and whether it is a bullet."""
        number, level = _number_of(paragraph, self.styled)
        abstract = self._abstract.get(number, "")
        form, shown, start = self._levels.get(abstract, {}).get(level, ("", "", 1))
        if not form or form == "none":
            return "", False
        if form == "bullet":
            return "", True
        counts = self._counts.setdefault(abstract, [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        text = re.sub(r"%(\d)", lambda match: self._shown(abstract, int(match[1]) - 1), shown)
        return (text + ("" if text.endswith(("、", "）", "．")) else " ")) if text else "", False

    def _shown(self, abstract: str, level: int) -> str:
        form, _, start = self._levels[abstract].get(level, ("decimal", "", 1))
        return _written(self._counts[abstract][level] or start, form)

    def _read(self, root: Element) -> None:
        for abstract in root.iter(qn("w:abstractNum")):
            levels = {}
            for level in abstract.iter(qn("w:lvl")):
                index = int(level.get(qn("w:ilvl")) or 0)
                form, shown = _value(level, "w:numFmt"), _value(level, "w:lvlText")
                start = _value(level, "w:start")
                levels[index] = (form, shown, int(start) if start.isdecimal() else 1)
            self._levels[abstract.get(qn("w:abstractNumId"))] = levels
        for number in root.iter(qn("w:num")):
            self._abstract[number.get(qn("w:numId"))] = _value(number, "w:abstractNumId")


def _value(element: Element, name: str) -> str:
    child = element.find(qn(name))
    return (child.get(qn("w:val")) or "") if child is not None else ""


def _number_of(paragraph: Any, styled: bool) -> tuple[str, int]:
    """The list id and level of a paragraph, its own or its style's."""
    properties = [paragraph._p.pPr]
    style = paragraph.style if styled else None
    for _ in range(_MAX_STYLES):
        if style is None:
            break
        properties.append(style.element.find(qn("w:pPr")))
        style = style.base_style
    for holder in properties:
        found = holder.find(qn("w:numPr")) if holder is not None else None
        if found is not None and _value(found, "w:numId"):
            level = _value(found, "w:ilvl")
            return _value(found, "w:numId"), min(_LEVELS - 1, int(level or 0))
    return "", 0


def _written(value: int, form: str) -> str:
    if form in _CHINESE:
        return _chinese(value)
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (value - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"}:
        return _roman(value) if form == "lowerRoman" else _roman(value).upper()
    return str(value)


def _chinese(value: int) -> str:
    """A Chinese numeral below 1,000; larger values stay in digits."""
    if not 0 < value < 1000:
        return str(value)
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    text = f"{_NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _NUMERALS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_NUMERALS[ones] if ones else "")


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        while value >= worth:
            text += letters
            value -= worth
    return text

"""Short names for what a norm lays down: its verb phrase, without agent, amounts and references."""

import re

from govkg.extract.norms import Norm

_LIMIT = {"zh": 40, "en": 90}
# Who shall or may act, in each clause; 不得 stays.
_AGENT_ZH = re.compile(
    r"(?:^|(?<=[，；。]))[^，；。]{0,60}?(?:应当|应该|应予|应(?![用对急])|可以|有权(?!机关|部门)|须|(?<!不)得(?![到以出不])|"
    r"可(?=[请向]))(?=.{2})"
)
_BY_ZH = re.compile(
    r"^由?[^，；。]{0,70}?(?=责令|处(?=[以罚应警新\d一二三四五六七八九十])|给予|予以|依法|没收|吊销|撤销|追究|追回|通报|批评|从重|限期)"
)
_AMOUNT_ZH = re.compile(
    r"处以?(?:应[^，；。]{2,24}|[^，；。]{0,24}\d[^，；。]{0,30}|[^，；。]{0,8}[一二三四五六七八九十百千万]+元[^，；。]{0,24})(?:罚款|罚锾)"
)
_REFERENCE_ZH = re.compile(
    r"(?:依照|按照|根据|依据|依|遵守|执行|违反)[^，；。]{1,40}?(?:规定|约定|办法|程序|要求|公约|规约|职责分工)(?:的)?，?"
)
_SUBJECT_EN = re.compile(
    r"^[^;]{0,160}?\b(?:shall|may|must|should|is required to|are required to|can)\s+(?=\w)", re.S
)
_AMOUNT_EN = re.compile(
    r"(?:a |an )?(?:administrative )?fines? (?:of )?(?:no|not) less than[^.;,]*", re.I
)
_CLAUSE_END = re.compile(r"[；;。]|\.\s")
# A shorter rest says nothing: the phrase is left as it stands.
_SHORTEST = 4


def verb_phrase(norm: Norm) -> str:
    """What is to be done, without who does it and without reference to other rules."""
    text = norm.consequence
    if norm.language == "en":
        return _SUBJECT_EN.sub("", text, count=1) if norm.kind != "prohibition" else text
    text = _REFERENCE_ZH.sub("", text)
    for pattern in (_AGENT_ZH, _BY_ZH):
        shorter = pattern.sub("", text)
        if shorter != text and len(shorter) >= _SHORTEST:
            return shorter
    return text


def measure_label(norm: Norm) -> str:
    """A short label for the measure of a norm, in the language of the law."""
    limit = _LIMIT[norm.language]
    if norm.kind == "prohibition":
        return _cut(_prohibition(norm), limit, norm.language)
    text = " ".join(verb_phrase(norm).split())
    if norm.language == "zh":
        text = _AMOUNT_ZH.sub("处罚款", text)
        claimed = re.match(
            r"(?P<what>[^，；]{0,12}(?:请求|主张)[^；]{4,80}?)的[，,]人民法院", norm.consequence
        )
        text = claimed["what"] if claimed else text
    else:
        text = _AMOUNT_EN.sub("a fine", text)
    first = _CLAUSE_END.split(text)[0]
    return _cut(first or text, limit, norm.language)


def _prohibition(norm: Norm) -> str:
    if norm.consequence:
        found = re.search(r"(?:不得|禁止|严禁|不准)[^。；]+", norm.consequence)
        return found.group() if found else norm.consequence
    if norm.language == "zh":
        return "禁止" + norm.condition
    words = norm.condition.removeprefix("Not to ")
    return ("Do not " if words != norm.condition else "Prohibited: ") + words


def _cut(text: str, limit: int, language: str) -> str:
    text = " ".join(text.split()).strip("，,；;。. ")
    if len(text) <= limit:
        return text
    cut = text[:limit]
    marks = ("，", "、") if language == "zh" else (", ", " ")
    end = max(cut.rfind(mark) for mark in marks)
    return (cut[:end] if end > limit // 2 else cut) + "…"

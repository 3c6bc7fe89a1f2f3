"""Dates, document numbers and enacting history as official texts write them."""

import re

from govkg.corpus.headings import number

_YEAR = r"(?:\d{4}|[一二][〇零○一二三四五六七八九]{3})"
_HAN_DATE = re.compile(
    rf"(?P<year>{_YEAR})\s*年(?:\s*(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月"
    r"(?:\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)?)?"
)
# Years of the Republic, counted from 1912, as laws of Taiwan give them.
_ROC_DATE = re.compile(
    r"[民⺠][国國]\s*(?P<roc>\d{2,3}|[一二三四五六七八九十百零○〇]{1,6})\s*年"
    r"(?:\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月"
    r"(?:\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)?)?"
)
_ROC_FIRST = 1911
_ISO_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2})[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?!\d)"
)
_COMPACT_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_EN_DATES = (
    re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s*(?P<year>\d{{4}})"),
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})"),
    re.compile(rf"{_MONTH}\s+(?P<day>)(?P<year>\d{{4}})"),
)
_YEAR_ALONE = re.compile(r"(?P<year>(?:19|20)\d{2})$")
# How a document's number names its issuer: ...发, ...函, ...令, ...字, ...规.
_NUMBER = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{1,14}?)\s*[〔\[（(【﹝［]\s*(?P<year>\d{4})\s*[〕\]）)】﹞］]\s*"
    r"第?\s*(?P<n>\d{1,5})\s*号"
)
_BODY_ENDS = tuple("发函令字规办文电知政综通告复呈报")
_ORDER = re.compile(
    r"(?P<body>(?:[\u4e00-\u9fff]{1,8}(?:部|局|委员会|署)、)*(?:国务院|主席|[\u4e00-\u9fff]{1,10}?(?:人民政府|委员会|部|局|署))令)\s*第?\s*(?P<n>\d{1,5}|[一二三四五六七八九十百]+)\s*号"
)
_ENACTED = re.compile(r"通过|修正|修订|修改|公布|发布|颁布|批准|通報|發布|订定|訂定|制定公")
_IN_FORCE = re.compile(r"施行|实施|起生效")
_AMENDED = re.compile(r"修正|修订|修訂|修改")
_AMENDED_ON = re.compile(r"(?:修正|修订|修改)(?:在|于|的时间是)\s*$")
_AMENDED_EN = re.compile(r"\b(?:amend|revis)\w*\b(?:[^.;\n]|\.(?! [A-Z])){0,160}", re.IGNORECASE)
_PASSED = re.compile(r"(?:会议|大会)[^，。；]{0,12}通过")
_YEARS = re.compile(r"\b(?:19|20)\d{2}\b")
# Between two dates of which the later one says what happened: 2007年、2016年修订.
_AND = re.compile(r"[\s、，和及与]*(?:年)?")
# The closing article on when an act applies; the last one in a text counts.
_APPLIES = re.compile(
    r"(?:本|这)(?!款|条(?!例)|项)[\u4e00-\u9fff（）]{1,10}?自(?P<from>[^。，；\n]{2,40}?)(?:之?日)?(?:起|日)?\s*"
    r"(?:施行|實施|实施|生效|执行)|"
    r"(?:shall |will )?(?:come into (?:force|effect|operation)|take effect|be effective|enter into "
    r"force)\s+(?:on|from|as (?:of|from)|upon)?\s*(?P<on>[^.;\n]{4,60})",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"(?:公布|发布|發布|颁布|印发|通过|批准)(?:之)?日?$|promulgat|publicat|issu|passed",
    re.IGNORECASE,
)
# Before its articles a law tells its history; a summary in its first sentences.
_OPENING = 1_500
_FIRST_ARTICLE = re.compile(r"\n[^\n]{0,6}(?:第\s*[一1]\s*[条條]|Article 1\b)")
_NAME_DATE = re.compile(r"[(（](?P<date>\d{4}-\d{2}-\d{2})[)）]\.\w+$")


def find_dates(text: str) -> list[tuple[int, str]]:
    """The dates in a text as (offset, ISO 8601 date), in order; as precise as written."""
    found: dict[int, str] = {}
    taken: list[tuple[int, int]] = []
    for pattern in (_HAN_DATE, _ROC_DATE, _ISO_DATE, *_EN_DATES):
        for match in pattern.finditer(text):
            iso = _iso(match)
            start, end = match.span()
            if iso and all(end <= left or start >= right for left, right in taken):
                found[start] = iso
                taken.append((start, end))
    return sorted(found.items())


def to_iso(value: str) -> str:
    """The first date in a field's value as ISO 8601, or nothing where it holds none."""
    value = value.strip()
    for pattern in (_COMPACT_DATE, _YEAR_ALONE):
        match = pattern.match(value)
        if match:
            return _iso(match)
    dates = find_dates(value)
    return dates[0][1] if dates else ""


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    year = number(parts["roc"]) + _ROC_FIRST if parts.get("roc") else _year(parts["year"])
    month = _month(parts.get("month") or "")
    day = number(parts.get("day") or "")
    if not 1800 <= year <= 2199 or month > 12 or day > 31:
        return ""
    return (
        f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    )


def _year(written: str) -> int:
    digits = {"〇": "0", "零": "0", "○": "0"} | {
        c: str(i) for i, c in enumerate("一二三四五六七八九", 1)
    }
    return int("".join(digits.get(character, character) for character in written))


def _month(written: str) -> int:
    prefix = written[:3].lower()
    return _MONTHS.index(prefix) + 1 if prefix in _MONTHS else number(written)


def document_number(text: str) -> str:
    """The first official number in a text, its brackets normalised to 〔〕; else nothing."""
    for match in _NUMBER.finditer(text):
        body = re.split(r"[《》，。、：]", match["body"])[-1]
        if body.endswith(_BODY_ENDS):
            return f"{body}〔{match['year']}〕{match['n']}号"
    order = _ORDER.search(text)
    if order is None:
        return ""
    return f"{order['body'].removeprefix('中华人民共和国')}第{order['n']}号"


def history(lines: list[str]) -> tuple[str, str]:
    """The dates on which a law was last passed or changed and took effect, from its history."""
    enacted = effective = ""
    for line in lines:
        for start, end, iso in _clauses(line):
            said = line[start:end]
            if _ENACTED.search(said):
                enacted = max(enacted, iso)
            elif _IN_FORCE.search(said):
                effective = max(effective, iso)
    return enacted, effective


def amendments(text: str) -> tuple[str, ...]:
    """The dates, as precise as given, on which an act says in its opening that it was changed.

    An act that was passed again more than a year later was changed then too.
    """
    opening = _opening(text)
    found: set[str] = set()
    passed: set[str] = set()
    for line in opening.split("\n"):
        goes_on = False
        for start, end, iso in reversed(_clauses(line)):
            said = _HAN_DATE.sub("", line[start:end], count=1)
            told = _AMENDED.search(said) or _AMENDED_ON.search(line[:start])
            goes_on = told is not None or (goes_on and _AND.fullmatch(said) is not None)
            found |= {iso} if goes_on else set()
            passed |= {iso} if _PASSED.search(said) else set()
    for match in _AMENDED_EN.finditer(opening):
        dates = [iso for _, iso in find_dates(match.group())]
        found.update(dates or _YEARS.findall(match.group()))
    first = min(passed, default="")
    found |= {iso for iso in passed if int(iso[:4]) > int(first[:4])}
    return tuple(sorted(found))


def taking_effect(text: str, promulgated: str) -> str:
    """The date from which an act's closing article says that it applies; else nothing.

    `promulgated` is when it was first made public, for acts that apply from that day.
    """
    found = ""
    for match in _APPLIES.finditer(text):
        said = match["from"] or match["on"] or ""
        dates = find_dates(match.group())
        if dates:
            found = dates[0][1]
        elif _AT_ONCE.search(said):
            found = promulgated
    return found


def first_promulgated(text: str) -> str:
    """The first date on which an act says in its opening that it was passed or made public."""
    dates = [
        iso
        for line in _opening(text).split("\n")
        for start, end, iso in _clauses(line)
        if _ENACTED.search(line[start:end]) or re.search(r"[Pp]romulgated", line)
    ]
    return min(dates, default="")


def dated_name(path: str) -> str:
    """The day of a version that a file's name ends in, as in `某某条例(2020-09-25).md`."""
    match = _NAME_DATE.search(path)
    return match["date"] if match else ""


def _opening(text: str) -> str:
    """What stands before the articles, its indented lines joined to those that they go on."""
    first = _FIRST_ARTICLE.search(text)
    opening = text[: min(first.start() if first else _OPENING, _OPENING)]
    return re.sub(r"(?<=[^。；\s])\n[ \t\u3000]+", "", opening)


def _clauses(line: str) -> list[tuple[int, int, str]]:
    """Each date of a line with what is said up to the next date."""
    dates = find_dates(line)
    ends = [start for start, _ in dates[1:]] + [len(line)]
    return [(start, end, iso) for (start, iso), end in zip(dates, ends, strict=False)]

"""Dates, document numbers and enacting history as official texts write them."""

import re

from govkg.corpus.headings import number

_YEAR = r"(?:\d{4}|[一二][〇零○一二三四五六七八九]{3})"
_HAN_DATE = re.compile(
    rf"(?P<year>{_YEAR})\s*年(?:\s*(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月"
    r"(?:\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)?)?"
)
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
    r"(?P<body>(?:国务院|主席|[\u4e00-\u9fff]{1,10}?(?:人民政府|委员会|部|局|署))令)\s*第?\s*(?P<n>\d{1,5}|[一二三四五六七八九十百]+)\s*号"
)
_ENACTED = re.compile(r"通过|修正|修订|修改|公布|发布|颁布|批准|通報")
_IN_FORCE = re.compile(r"施行|实施|起生效")


def find_dates(text: str) -> list[tuple[int, str]]:
    """The dates in a text as (offset, ISO 8601 date), in order; as precise as written."""
    found: dict[int, str] = {}
    for pattern in (_HAN_DATE, _ISO_DATE, *_EN_DATES):
        for match in pattern.finditer(text):
            iso = _iso(match)
            if iso and all(abs(match.start() - start) > 2 for start in found):
                found[match.start()] = iso
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
    year = _year(parts["year"])
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


def _clauses(line: str) -> list[tuple[int, int, str]]:
    """Each date of a line with what is said up to the next date."""
    dates = find_dates(line)
    ends = [start for start, _ in dates[1:]] + [len(line)]
    return [(start, end, iso) for (start, iso), end in zip(dates, ends, strict=False)]

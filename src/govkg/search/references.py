"""The documents, articles and years that a question names."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from govkg.corpus.headings import number
from govkg.search.facets import Span, blank
from govkg.text.script import simplify

LEGAL_ZH = (
    r"(?:法典|法|条例|办法|规定|规则|细则|规范|准则|纲要|公约|章程|解释|决定|决议|意见|通知|通报|公告|"
    r"方案|规划|指南|指引|导则|标准|报告)"
)
LEGAL_EN = (
    r"(?:Acts?|Laws?|Regulations?|Ordinances?|Codes?|Rules?|Provisions?|Measures|Directives?|"
    r"Decrees?|Interpretations?|Guidelines?|Bills?|Constitution|Charter|Bylaws?)"
)
_TITLE = re.compile(
    r"《(?P<book>[^《》]*(?:《[^《》]*》[^《》]*)*)》|"
    rf"[“「『](?P<zh>[^“”「」『』]{{2,60}}{LEGAL_ZH})[”」』]|"
    rf"[“\"‘'](?P<en>[^“”\"‘]{{0,100}}\b{LEGAL_EN}\b[^“”\"‘]{{0,40}}?)[”\"’'](?!\w)"
)
# An issuer's mark is made of these, and ends in one of the second kind where no bracket follows.
_MARK = (
    r"[国中办厅发函字规政府委党组宣纪监法释检公安司民财税人社建住房城乡环交水农林商文旅卫健应急审市统医保信访"
    r"退役残妇团工会科教体广新版知能铁航邮气震银证外港澳台京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇"
    r"藏陕秦甘陇青宁综改革标通令明电传区县院部局省]{1,12}"
)
_YEAR_FORM = r"(?:19|20)\d{2}"
_MARKED = re.compile(
    rf"(?P<mark>{_MARK})\s*(?:[〔\[({{〈<【]\s*(?P<year>{_YEAR_FORM})\s*[〕\])}}〉>】]|"
    rf"(?<=[发函字规办释])\s*-?\s*(?P<open>{_YEAR_FORM})\s*[年-]?)\s*第?\s*(?P<serial>\d{{1,5}})\s*号"
)
_ISSUER = r"(?:国务院|主席|[\u4e00-\u9fff]{1,8}?(?:部|政府|委员会|总局))"
_ORDER = re.compile(
    rf"(?:(?P<issuer>{_ISSUER}(?:、{_ISSUER})*)\s*)?(?:令\s*第?\s*(?P<a>\d{{1,5}})\s*号|"
    # 第12号楼 is a building.
    r"第?\s*(?P<b>\d{1,5})\s*号令|第\s*(?P<c>\d{1,5})\s*号(?![楼栋院门线店路馆]))"
)
_NUMERAL = r"(?:\d{1,4}(?:-\d{1,2})?[A-Z]?|[零〇一二三四五六七八九十百千两]{1,9})"
_ITEM = rf"{_NUMERAL}\s*(?:条(?:之{_NUMERAL})?)?(?:\s*第{_NUMERAL}[款项])*(?:\(\w{{1,3}}\)[款项]?)*"
_AND_TO = r"(?:[、,和及与至到~–—]|and|to|&)"
_CHINESE_ARTICLES = re.compile(rf"第\s*{_ITEM}(?:\s*{_AND_TO}\s*第?\s*{_ITEM})*", re.IGNORECASE)
_LAST_ARTICLE = re.compile(rf".*条(?:之{_NUMERAL})?", re.DOTALL)
_ONE = re.compile(
    rf"(?:(?P<join>{_AND_TO})\s*)?(?:第\s*)?(?P<n>{_NUMERAL})\s*(?:条(?:之(?P<sub>{_NUMERAL}))?)?"
    rf"(?:\s*第{_NUMERAL}[款项])*(?:\(\w{{1,3}}\)[款项]?)*",
    re.IGNORECASE,
)
# Without 第, only behind a title or where its words are asked for: 三条意见 is no article.
_BARE_ARTICLE = re.compile(
    r"(?:(?<=[》法典例定则])\s*|(?<![\d.])(?=\d+\s*条(?:是?怎么[说规写讲]|规定|内容|讲|说|写)))"
    r"(\d{1,4}(?:-\d{1,2})?)\s*条"
)
_ENGLISH_ITEM = r"\d{1,4}(?:-\d{1,2})?[A-Z]?\b(?:\s?\(\w{1,3}\))*"
_ENGLISH_ARTICLES = re.compile(
    r"(?:\b(?P<kind>Art(?:icle)?|Sec(?:tion)?)(?P<many>s)?\b\.?|(?P<sign>§)(?P<signs>§)?)\s*"
    rf"(?P<list>{_ENGLISH_ITEM}(?:\s*(?:,|and|to|&|–|—|-)\s*{_ENGLISH_ITEM})*)",
    re.IGNORECASE,
)
_RANGE = frozenset("至到~–—-") | {"to"}
_LONGEST_RANGE = 60
_YEARS = re.compile(
    rf"(?<!\d)(?P<from>{_YEAR_FORM})\s*年?\s*(?:[-–—~至到]|to)\s*(?P<to>{_YEAR_FORM})(?!\d)|"
    rf"\bbetween (?P<low>{_YEAR_FORM}) and (?P<high>{_YEAR_FORM})\b|"
    rf"(?<!\d)(?P<zh>{_YEAR_FORM})\s*年(?!代)|(?P<han>[一二][〇零○一二三四五六七八九]{{3}})年(?!代)|"
    rf"\b(?:in|since|from|by|of|the|during|before|after|until|year) (?P<en>{_YEAR_FORM})\b"
    r"(?! (?:households?|people|residents?|families|yuan|owners?|flats?)\b)",
    re.IGNORECASE,
)
_HAN_DIGITS = "零一二三四五六七八九"
_YEAR_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class References:
    """What a question names: titles, numbers and articles in their order, years ascending.

    `numbers` are in the form of `fold_number`, `written` the same as the asker wrote them;
    `articles` are labels such as 第五十四条, Article 54 or Section 12.
    """

    text: str = ""
    titles: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def fold_number(text: str) -> str:
    """A document number in one form: 国办发〔2019〕3号, 国务院令第379号, or 第379号 alone.

    A number of another kind keeps its words, in lower case and with single spaces.
    """
    found = next(_numbers(text), None)
    return found[1] if found else " ".join(_plain(text).lower().split())


def read_references(text: str) -> References:
    """The titles, document numbers, articles and years that a text names."""
    found = [
        (match.span(), next(filter(None, match.groups()), "")) for match in _TITLE.finditer(text)
    ]
    rest = blank(text, [span for span, _ in found])
    numbers = list(_numbers(rest))
    outside = blank(rest, [span for span, _ in numbers])
    kept = {folded: text[start:end].strip() for (start, end), folded in numbers}
    return References(
        text=text,
        titles=tuple(dict.fromkeys(title for _, title in found)),
        numbers=tuple(kept),
        written=tuple(kept.values()),
        articles=tuple(dict.fromkeys(label for label, _ in _articles(outside, text))),
        years=tuple(sorted(_years(outside))),
    )


def title_spans(text: str) -> list[Span]:
    """Where a text has titles in marks, with the marks, in order."""
    return [match.span() for match in _TITLE.finditer(text)]


def article_keys(text: str) -> frozenset[str]:
    """The numbers of the articles that a text names, the same in both languages: 54, 5-1, 59F."""
    return frozenset(key for _, key in _articles(text, text))


@lru_cache(maxsize=10_000)
def heading_keys(heading: str) -> frozenset[str]:
    """The numbers of the articles that a heading is about, none where it only mentions some."""
    plain = _plain(heading).strip()
    starts = _CHINESE_ARTICLES.match(plain) or _ENGLISH_ARTICLES.match(plain)
    return article_keys(heading) if starts else frozenset()


def _plain(text: str) -> str:
    """The text, as long as it was, in simplified script with half-width digits and brackets."""
    halves = (unicodedata.normalize("NFKC", character) for character in simplify(text))
    return "".join(
        half if len(half) == 1 else character
        for half, character in zip(halves, simplify(text), strict=True)
    )


def _numbers(text: str) -> Iterator[tuple[Span, str]]:
    """The document numbers of a text, with the spans they stand at, in one form, in order."""
    plain = _plain(text)
    found = []
    for match in _MARKED.finditer(plain):
        year = match["year"] or match["open"]
        mark = "".join(match["mark"].split())
        found.append((match.span(), f"{mark}〔{year}〕{int(match['serial'])}号"))
    for match in _ORDER.finditer(blank(plain, [span for span, _ in found])):
        serial = int(match["a"] or match["b"] or match["c"])
        issuer = f"{match['issuer']}令" if match["issuer"] else ""
        found.append((match.span(), f"{issuer}第{serial}号"))
    yield from sorted(found)


def _articles(text: str, whole: str) -> Iterator[tuple[str, str]]:
    """The labels and numbers of articles, in order; `whole` has the titles that `text` lacks."""
    plain, behind = _plain(text), _plain(whole)
    found: list[tuple[int, tuple[str, str]]] = []
    for match in _CHINESE_ARTICLES.finditer(plain):
        listed = _LAST_ARTICLE.match(match[0])
        if listed:
            found += [(match.start(), (_chinese_label(k), k)) for k in _keys(listed[0])]
    for match in _BARE_ARTICLE.finditer(behind):
        found.append((match.start(1), (_chinese_label(match[1]), match[1])))
    for match in _ENGLISH_ARTICLES.finditer(plain):
        section = match["sign"] or match["kind"].lower().startswith("sec")
        keys = list(_keys(match["list"]))
        if not (match["many"] or match["signs"]):
            keys = keys[:1]
        kind = "Section" if section else "Article"
        found += [(match.start(), (f"{kind} {key}", key)) for key in keys]
    # The numbers of one list stand in their order; lists are ordered by where they start.
    yield from (one for _, one in sorted(found, key=lambda item: item[0]))


def _keys(listed: str) -> Iterator[str]:
    """The numbers of a list of articles; a range gives all in it."""
    last = 0
    for match in _ONE.finditer(listed):
        digits = match["n"].upper()
        key = digits if digits[0].isdecimal() else str(number(digits))
        if match["sub"]:
            key += f"-{number(match['sub'])}"
        join = (match["join"] or "").lower()
        if join in _RANGE and key.isdecimal() and last < int(key) <= last + _LONGEST_RANGE:
            yield from (str(n) for n in range(last + 1, int(key)))
        yield key
        last = int(key) if key.isdecimal() else last


def _chinese_label(key: str) -> str:
    main, _, sub = key.partition("-")
    numeral = _han(int(main)) if main.isdecimal() else main
    return f"第{numeral}条" + (f"之{_han(int(sub))}" if sub else "")


def _han(value: int) -> str:
    """A number below 10,000 as laws write it: 十二, 二十, 一百零五, 一千一百一十."""
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            written += ("零" if gap and written else "") + _HAN_DIGITS[digit] + name
        gap = not digit
    return written.removeprefix("一") if written.startswith("一十") else written or "零"


def _years(text: str) -> set[int]:
    found: set[int] = set()
    for match in _YEARS.finditer(_plain(text)):
        first, last = match["from"] or match["low"], match["to"] or match["high"]
        if first:
            found |= set(range(int(first), int(last) + 1)) or {int(first), int(last)}
        else:
            one = match["zh"] or match["en"] or match["han"].translate(_YEAR_DIGITS)
            found.add(int(one))
    return found

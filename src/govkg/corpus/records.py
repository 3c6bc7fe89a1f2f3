"""Reads JSON and JSON Lines: a record with a text is a document, a law's articles are passages."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from govkg.corpus.decoding import decode
from govkg.corpus.headings import ARTICLE, ENDS_SENTENCE, division_rank
from govkg.corpus.layout import scan
from govkg.corpus.source import Source, TextBuilder, clean
from govkg.errors import CorpusError
from govkg.text.language import detect

_TEXT_NAMES = (
    "text",
    "body",
    "content",
    "contents",
    "fulltext",
    "full_text",
    "article",
    "description",
    "正文",
    "全文",
    "内容",
    "內容",
    "条文",
    "條文",
    "文本",
    "summary",
    "abstract",
    "摘要",
)
# A text under another name is at least this long, in characters, and ends a sentence.
_MIN_TEXT, _MIN_NAMED = 200, 20
_NO_TEXT = re.compile(
    r"licen[cs]e|copyright|url|link|path|source|sha|hash|id$|image|note|query|author|keyword", re.I
)
_ROLES = (
    ("title", re.compile(r"title|name|标题|標題|题名|名称|法規名稱|法规名称", re.I)),
    ("language", re.compile(r"lang(?:uage)?|语言|語言", re.I)),
    (
        "date",
        re.compile(
            r"(?:最新)?(?:英文)?(?:異動|修正|公布|发布|成文)日期|date|published|updated|"
            r"pub_?date|日期",
            re.I,
        ),
    ),
    ("effective", re.compile(r"effective(?:_date)?|生效日期|施行日期", re.I)),
    ("number", re.compile(r"number|文号|文號|发文字号|發文字號", re.I)),
    ("issuer", re.compile(r"issuer|publisher|organi[sz]ation|发文机关|發文機關|机构|機構", re.I)),
    ("type", re.compile(r"type|doc_type|kind|法規性質|法规性质|类型|類型", re.I)),
    ("source", re.compile(r"url|source|link|法規網址|法规网址|网址|網址", re.I)),
    ("work", re.compile(r"work")),
)
_PLACES = re.compile(
    r"place|city|county|district|province|region|state|country|地点|地區|地区|城市|省份|国家"
)
_TITLES = re.compile(r"(?P<language>英文|中文)(?:法規|法规)?名[稱称]|title_(?P<code>en|zh)")
_HISTORY = re.compile(r"沿革|history", re.I)
_CODE = re.compile(r"p?code|id|law_?id|no", re.I)
_MAX_RECORDS = 50_000

Record = Mapping[str, Any]


def read_json(data: bytes) -> list[Source]:
    """The documents of a JSON file: one record, a list of records, or one law."""
    text, _ = decode(data)
    try:
        value = json.loads(text)
    except ValueError as error:
        raise CorpusError(f"not JSON: {error}", remedy="mend the file at that place") from error
    records = list(_records(value))
    return _sources([(f"{i}", record) for i, record in enumerate(records, 1)])


def read_json_lines(data: bytes) -> list[Source]:
    """The documents of a JSON Lines file, one record a line."""
    text, _ = decode(data)
    records = []
    for i, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise CorpusError(
                f"not JSON: {error}", where=f"line {i}", remedy="mend or remove the line"
            ) from error
        if isinstance(value, Mapping):
            records.append((str(i), value))
    return _sources(records, many=True)


def _records(value: Any) -> Iterator[Record]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, Mapping))
    elif isinstance(value, Mapping):
        lists = [
            item
            for item in value.values()
            if isinstance(item, list) and item and all(isinstance(part, Mapping) for part in item)
        ]
        if _articles(value) or _main_text(value) or not lists:
            yield value
        else:
            yield from max(lists, key=len)


def _sources(records: list[tuple[str, Record]], *, many: bool = False) -> list[Source]:
    if len(records) > _MAX_RECORDS:
        raise CorpusError(
            f"{len(records)} records, at most {_MAX_RECORDS} are read", remedy="split the file"
        )
    found = []
    for position, record in records:
        source = _law(record) if _articles(record) else _text(record)
        if source:
            name = str(record.get("id") or position)
            single = len(records) == 1 and not many
            found.append(source if single else _named(source, name))
    return found


def _named(source: Source, name: str) -> Source:
    return Source(source.text, source.blocks, source.fields, record=name)


def _main_text(record: Record) -> str:
    """The name of the field that holds the record's text, or nothing."""
    lower = {key.lower(): key for key, value in record.items() if isinstance(value, str)}
    for name in _TEXT_NAMES:
        if name in lower and len(record[lower[name]].strip()) >= _MIN_NAMED:
            return lower[name]
    return max(_long_fields(record), key=lambda key: len(record[key]), default="")


def _long_fields(record: Record) -> list[str]:
    return [
        key
        for key, value in record.items()
        if isinstance(value, str)
        and len(value) >= _MIN_TEXT
        and not _NO_TEXT.search(key)
        and ENDS_SENTENCE.search(value.strip())
        and not re.match(r"\w+://\S+$", value)
    ]


def _text(record: Record) -> Source | None:
    main = _main_text(record)
    if not main:
        return None
    others = [key for key in _long_fields(record) if key != main]
    parts = [record[main].strip()]
    parts += [f"## {_heading(key)}\n\n{record[key].strip()}" for key in others]
    text = clean("\n\n".join(parts))
    used = {main, *others}
    fields = _fields(record, used)
    return Source(text, tuple(scan(text)), fields) if text.strip() else None


def _heading(key: str) -> str:
    words = re.sub(r"[_\s]+", " ", key).strip()
    return words[:1].upper() + words[1:]


def _fields(record: Record, used: set[str]) -> dict[str, Any]:
    """The record's other fields, those with a known role under its name."""
    found: dict[str, Any] = {}
    rest = {key: value for key, value in record.items() if key not in used and key != "id"}
    for role, pattern in _ROLES:
        for key, value in rest.items():
            if role not in found and pattern.fullmatch(key) and isinstance(value, str | int):
                found[role] = str(value)
    places = [
        str(value)
        for key, value in rest.items()
        if _PLACES.fullmatch(key.lower()) and isinstance(value, str) and value
    ]
    if places:
        found["place"] = ", ".join(places)
    return rest | found


def _articles(record: Record) -> str:
    """The name of the field that holds a list of articles, or nothing."""
    for key, value in record.items():
        if isinstance(value, list) and value and all(isinstance(i, Mapping) for i in value):
            numbered = sum(bool(_article(item)[0]) for item in value)
            if numbered and numbered >= len(value) / 2:
                return key
    return ""


def _article(item: Record) -> tuple[str, str]:
    """An article's number and text; the number is empty for a chapter heading."""
    values = [str(value).strip() for value in item.values() if isinstance(value, str)]
    number = ""
    for value in values:
        match = ARTICLE.match(value)
        if match and match.end() == len(value):
            number = value
    others = [value for value in values if value != number]
    return number, max(others, key=len, default="")


def _law(record: Record) -> Source:
    key = _articles(record)
    articles = [_article(item) for item in record[key]]
    language = detect("".join(text for _, text in articles))
    fields = _fields(record, {key})
    fields |= _law_names(record, language)
    builder = TextBuilder()
    builder.add(str(fields.get("title") or ""), "heading", 1)
    for name, value in record.items():
        if _HISTORY.search(name) and isinstance(value, str):
            builder.add(value, "furniture")
            fields.pop(name, None)
    for number, text in articles:
        if number:
            builder.add(f"{number}\n{text}", "prose")
        else:
            builder.add(" ".join(text.split()), "heading", division_rank(text) or 24)
    return Source(builder.text, tuple(builder.blocks), fields)


def _law_names(record: Record, language: str) -> dict[str, Any]:
    """The law's title in the language of its text, both titles, and the code of the work."""
    titles = {}
    for key, value in record.items():
        match = _TITLES.fullmatch(key)
        if match and isinstance(value, str):
            code = match["code"] or {"英文": "en", "中文": "zh"}[match["language"]]
            titles[code] = value
    own = next((value for key, value in record.items() if _ROLES[0][1].fullmatch(key)), None)
    if isinstance(own, str):
        titles.setdefault(language, own)
    found: dict[str, Any] = {"titles": titles} if titles else {}
    if language in titles:
        found["title"] = titles[language]
    work = next(
        (
            _work(value)
            for value in record.values()
            if isinstance(value, str) and value.startswith("http") and _work(value)
        ),
        "",
    )
    return found | ({"work": work} if work else {})


def _work(address: str) -> str:
    """The site and the law's code on it, which its language versions share."""
    parts = urlsplit(address)
    codes = [value for name, value in parse_qsl(parts.query) if _CODE.fullmatch(name)]
    return f"{parts.hostname}:{codes[0]}" if codes else ""

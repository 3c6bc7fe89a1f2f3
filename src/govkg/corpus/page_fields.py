"""What an HTML page says of its document outside the text: meta tags and information tables."""

import re
from typing import Any

from lxml import etree

_META = {
    "articletitle": "title",
    "og:title": "title",
    "dc.title": "title",
    "dcterms.title": "title",
    "citation_title": "title",
    "pubdate": "date",
    "article:published_time": "date",
    "citation_publication_date": "date",
    "dc.date": "date",
    "dcterms.date": "date",
    "dcterms.issued": "date",
    "contentsource": "issuer",
    "dc.creator": "issuer",
    "dcterms.creator": "issuer",
    "citation_author": "issuer",
    "dc.publisher": "issuer",
}
# The names of the fields above a Chinese official document, without blanks and colon.
_LABELS = {
    "标题": "title",
    "名称": "title",
    "发文机关": "issuer",
    "发布机构": "issuer",
    "发文机构": "issuer",
    "制发机关": "issuer",
    "公开主体": "issuer",
    "成文日期": "date",
    "印发日期": "date",
    "发布日期": "published",
    "发布时间": "published",
    "公开日期": "published",
    "发文日期": "date",
    "发文字号": "number",
    "文号": "number",
    "施行日期": "effective",
    "生效日期": "effective",
    "实施日期": "effective",
    "索引号": "index_number",
    "主题分类": "subject",
    "主题词": "keywords",
    "有效性": "validity",
    "时效性": "validity",
}
_LABEL = re.compile(r"[\s\u3000\u00a0:：\[\]【】]+")
_INLINE = re.compile(
    r"(?P<label>[\u4e00-\u9fff][\u4e00-\u9fff\s\u3000]{1,10})[:：]\s*(?P<value>[^:：]{1,200})$"
)
_MAX_VALUE = 300
# The element that holds an information table is never larger than this, in characters.
_MAX_TABLE = 1500

Element = Any


def text_of(element: Element) -> str:
    """The element's text with its blanks collapsed."""
    return " ".join("".join(element.itertext()).split())


def meta_fields(root: Element) -> dict[str, str]:
    """Fields from the page's meta tags and its title element."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())
        if name in _META and content:
            found.setdefault(_META[name], content[:_MAX_VALUE])
    return found


def table_fields(root: Element) -> tuple[dict[str, str], list[Element]]:
    """Fields from the information table in any layout, and the elements that make it up."""
    found: dict[str, str] = {}
    holders: list[Element] = []
    for element in root.iter(etree.Element):
        own = "".join([element.text or "", *(child.tail or "" for child in element)])
        label, value = _pair(element, own)
        if label and label not in found:
            found[label] = value[:_MAX_VALUE]
            holders.append(element)
    published = found.pop("published", "")
    if published:
        found.setdefault("date", published)
    enough = len(holders) > 1
    return (
        {key: value for key, value in found.items() if value} if enough else {},
        _tables(holders) if enough else [],
    )


def _pair(element: Element, own: str) -> tuple[str, str]:
    """The field that an element names, and its value beside it or behind the colon."""
    label = _LABELS.get(_LABEL.sub("", own))
    if label:
        return label, _beside(element)
    inline = _INLINE.match(" ".join(own.split()))
    if inline and len(element) == 0:
        return _LABELS.get(_LABEL.sub("", inline["label"]), ""), inline["value"].strip()
    return "", ""


def _beside(element: Element) -> str:
    tail = (element.tail or "").strip(" \n\t\u3000:：")
    if tail:
        return str(tail)
    for start in (element, element.getparent()):
        following = start.getnext() if start is not None else None
        if following is not None and isinstance(following.tag, str):
            return text_of(following)
    return ""


def _tables(holders: list[Element]) -> list[Element]:
    """The smallest tables, lists or boxes around the fields, unless they hold the text too."""
    around = []
    for holder in holders:
        for ancestor in holder.iterancestors("table", "ul", "dl", "div"):
            if len("".join(ancestor.itertext())) <= _MAX_TABLE and ancestor not in around:
                around.append(ancestor)
            break
    return around

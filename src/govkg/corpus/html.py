"""Reads HTML pages: rules for official sites first, a general extractor where they find little."""

import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from lxml import etree

from govkg.corpus.decoding import decode
from govkg.corpus.headings import ENDS_SENTENCE, marker
from govkg.corpus.page_fields import meta_fields, table_fields, text_of
from govkg.corpus.source import BOLD_RANK, BlockKind, Source, TextBuilder, clean
from govkg.errors import CorpusError

_TEMPLATE_TITLE = re.compile(
    r"\{%-?\s*block\s+\w*title\w*\s*-?%\}(?P<title>.*?)\{%-?\s*endblock.*?%\}", re.I | re.S
)
_TEMPLATE = re.compile(r"\{%.{0,500}?%\}|\{\{.{0,500}?\}\}|\{#.{0,2000}?#\}", re.S)
_DROPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "iframe",
        "svg",
        "object",
        "canvas",
        "head",
        "textarea",
        "input",
    }
)
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "table",
        "tbody",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "body",
        "br",
        "hr",
        "center",
        "address",
        "details",
        "summary",
        "caption",
    }
)
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|nav|navbar|navigation|menu|footer|share|sidebar|related|cookies?|"
    r"pagination|skip-?link|copyright|login|search|toolbar|crumbs?|position|location)(?:$|[\s_-])",
    re.I,
)
_CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_CONTAINERS = (
    "//*[@id='UCAP-CONTENT']",
    "//*[contains(@class,'TRS_Editor')]",
    "//*[contains(@class,'trs_editor')]",
    "//*[contains(@class,'TRS_UEDITOR')]",
    "//*[contains(@class,'pages_content')]",
    "//*[@id='zoom' or contains(@class,'zoom')]",
    "//*[contains(@class,'article-content') or contains(@class,'article_content')]",
    "//article",
    "//main",
    "//*[@role='main']",
    "//*[@id='content']",
)
# A container with less text than this is not the body of the page.
_MIN_CONTAINER = 100
_MIN_TEXT = 200
# A page with more of its text in links is an index of other pages, unless cleaned further.
_LINK_SHARE = 0.4
_BOLD_TITLE = 60

Element = Any


def read_html(data: bytes) -> list[Source]:
    """The one document of a web page: its body's text, and the fields that the page gives."""
    decoded, note = decode(data)
    template = _TEMPLATE_TITLE.search(decoded)
    root = _parse(_TEMPLATE.sub(" ", _TEMPLATE_TITLE.sub(" ", decoded)))
    fields: dict[str, Any] = meta_fields(root)
    told, tables = table_fields(root)
    fields |= told
    for table in tables:
        _drop(table)
    _drop_chrome(root)
    fields.setdefault("title", _page_title(root, template["title"] if template else ""))
    builder = _built(root, decoded)
    if not builder.blocks:
        raise CorpusError("no text", remedy="the page may load its text by script: save it whole")
    notes = (note,) if note else ()
    return [Source(builder.text, tuple(builder.blocks), fields, notes=notes)]


def _parse(markup: str) -> Element:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(clean(markup).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise CorpusError(f"not HTML: {error.msg}") from error
    if root is None:
        raise CorpusError("no text")
    return root


def _drop(element: Element) -> None:
    """Removes an element but keeps the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    previous = element.getprevious()
    if element.tail:
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _drop_chrome(root: Element) -> None:
    whole = len(text_of(root))
    for element in list(root.iter(etree.Element)):
        if element.tag == "head" or element is root:
            continue
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        chrome = element.tag in _DROPPED or element.get("role") in _CHROME_ROLES
        if chrome or (_CHROME.search(named) and 2 * len(text_of(element)) < whole):
            _drop(element)


def _page_title(root: Element, template: str) -> str:
    headings = [text_of(heading) for heading in root.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    titles = [text_of(title) for title in root.iter("title")] + [" ".join(template.split())]
    title = next((title for title in titles if title), "")
    return re.split(r"\s+[-–|_]\s+|_|\|", title)[0].strip()


def _built(root: Element, decoded: str) -> TextBuilder:
    body = _container(root)
    found = _built_by_rules(body if body is not None else root)
    listing = body is None and _link_share(root) > _LINK_SHARE
    if len(found.text) >= _MIN_TEXT and not listing:
        return found
    extracted = _built_by_extractor(decoded)
    headings = sum(block.rank > 0 for block in found.blocks)
    kept = sum(block.rank > 0 for block in extracted.blocks)
    more = len(extracted.text) > (_MIN_TEXT if listing else len(found.text))
    return extracted if more and kept >= headings else found


def _container(root: Element) -> Element | None:
    for path in _CONTAINERS:
        found = root.xpath(path)
        if found:
            largest = max(found, key=lambda element: len(text_of(element)))
            if len(text_of(largest)) >= _MIN_CONTAINER:
                return largest
    return None


def _link_share(root: Element) -> float:
    linked = sum(len(text_of(link)) for link in root.iter("a"))
    return linked / max(1, len(text_of(root)))


def _built_by_rules(body: Element) -> TextBuilder:
    builder = TextBuilder()
    walk = _Walk(builder)
    for event, element in etree.iterwalk(body, ("start", "end")):
        if isinstance(element.tag, str):
            walk.enter(element) if event == "start" else walk.leave(element, element is body)
    walk.flush()
    return builder


class _Walk:
    """Collects inline text and hands it on as a block wherever a block element begins or ends."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._text: list[str] = []
        self._bold = 0
        self._plain = False
        self._items = 0
        self._rank = 0
        self._inside: Element | None = None

    def enter(self, element: Element) -> None:
        """Takes the start of an element and the text before its first child."""
        if self._inside is not None or element.tag == "head":
            self._inside = self._inside if self._inside is not None else element
            return
        if element.tag in _BLOCKS:
            self.flush()
        if element.tag == "table" and _is_data(element):
            self._add_rows(element)
            self._inside = element
            return
        self._bold += _is_bold(element)
        self._items += element.tag == "li"
        if re.fullmatch(r"h[1-6]", element.tag):
            self._rank = int(element.tag[1])
        self._take(element.text)

    def leave(self, element: Element, last: bool) -> None:
        """Takes the end of an element and the text after it."""
        if self._inside is not None:
            if element is not self._inside:
                return
            self._inside = None
        else:
            if element.tag in _BLOCKS:
                self.flush()
            self._bold -= _is_bold(element)
            self._items -= element.tag == "li"
            if re.fullmatch(r"h[1-6]", element.tag):
                self._rank = 0
        if not last:
            self._take(element.tail)

    def flush(self) -> None:
        """Ends the current block."""
        text = re.sub(r"[ \t\r\n\f\u00a0]+", " ", "".join(self._text)).strip(" \u3000")
        plain, self._plain = self._plain, False
        self._text = []
        if not text:
            return
        if self._rank:
            self._builder.add(text, "heading", self._rank)
        elif not plain and _is_bold_title(text):
            self._builder.add(text, "heading", BOLD_RANK)
        else:
            kind: BlockKind = "item" if self._items else "prose"
            self._builder.add(text, kind)

    def _take(self, text: str | None) -> None:
        if text:
            self._text.append(text)
            self._plain = self._plain or (not self._bold and bool(text.strip(" \n\t\u3000")))

    def _add_rows(self, table: Element) -> None:
        for row in table.iter("tr"):
            cells = [text_of(cell) for cell in row if cell.tag in {"td", "th"}]
            if any(cells):
                self._builder.add(" | ".join(cells), "row")


def _is_bold(element: Element) -> bool:
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return element.tag in {"b", "strong"} or bool(re.search(r"font-weight:(?:bold|[6-9]00)", style))


def _is_bold_title(text: str) -> bool:
    """Whether a bold paragraph is a heading that its wording alone does not show."""
    return len(text) <= _BOLD_TITLE and not ENDS_SENTENCE.search(text) and not marker(text)


def _is_data(table: Element) -> bool:
    """Whether a table holds rows of data rather than the layout of the page."""
    if next(table.iter("table", "p", "h1", "h2", "h3"), table) is not table:
        paragraphs = list(table.iter("p"))
        if any(table.iterdescendants("table")) or len(paragraphs) > 3 * len(list(table.iter("td"))):
            return False
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    return len(rows) > 1 and max(map(len, rows), default=0) > 1


def _built_by_extractor(decoded: str) -> TextBuilder:
    builder = TextBuilder()
    extracted = trafilatura.extract(decoded, output_format="xml", include_comments=False)
    if not extracted:
        return builder
    root = etree.fromstring(extracted.encode(), etree.XMLParser(resolve_entities=False))
    for kind, rank, text in _extracted_blocks(root):
        builder.add(text, kind, rank)
    return builder


def _extracted_blocks(root: Element) -> Iterator[tuple[BlockKind, int, str]]:
    for element in root.iter("head", "p", "item", "row"):
        if element.tag == "head":
            level = re.sub(r"\D", "", element.get("rend") or "") or "2"
            yield "heading", int(level), text_of(element)
        elif element.tag == "row":
            yield "row", 0, " | ".join(text_of(cell) for cell in element)
        elif element.getparent().tag not in {"item", "cell"}:
            yield "item" if element.tag == "item" else "prose", 0, text_of(element)

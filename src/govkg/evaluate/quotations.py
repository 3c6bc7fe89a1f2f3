"""A quotation against the documents as they are now: whether it stands, and where."""

from collections.abc import Iterable
from dataclasses import dataclass

from govkg.evaluate.saved import SavedCitation
from govkg.model.document import Document
from govkg.search.corpus import StoredDocument


@dataclass(frozen=True, slots=True)
class At:
    """Where a quotation stands now: the document's IRI and path, and code points of its text."""

    document: str
    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuotationCheck:
    """What became of a quotation: its state, one line on it, and where it stands, if anywhere."""

    state: str
    message: str = ""
    at: At | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    iri: str
    path: str
    text: str
    sha256: str

    def nearest(self, quote: str, start: int) -> int:
        """Where the quote stands nearest to an offset; -1 if nowhere."""
        after = self.text.find(quote, start)
        before = self.text.rfind(quote, 0, start + len(quote))
        if before < 0 or after < 0:
            return max(before, after)
        return after if after - start <= start - before else before


class Texts:
    """The kept texts of an index, or those of a corpus as it is now."""

    def __init__(self, documents: Iterable[StoredDocument | Document]) -> None:
        """Takes the documents in their defined order."""
        self._texts = [_Text(d.iri, d.path, d.text, d.sha256) for d in documents]
        self._by_iri = {text.iri: text for text in self._texts}

    def check(self, citation: SavedCitation) -> QuotationCheck:
        """Whether a citation holds: its document is there, unchanged, with the quote in its place.

        Else it is looked for in the same document, then in the others.
        """
        text = self._document_of(citation)
        if text is None:
            return self._elsewhere(citation) or QuotationCheck(
                "missing", f"{citation.path} is not there, and the quote stands nowhere"
            )
        same = text.sha256 == citation.sha256
        if text.text[citation.start : citation.end] == citation.quote:
            state, message = ("holds", "") if same else ("changed", _CHANGED.format(text.path))
            return QuotationCheck(state, message, _at(text, citation.start, citation.quote))
        start = text.nearest(citation.quote, citation.start)
        if start >= 0:
            return _moved(citation, text, start, same)
        return self._elsewhere(citation) or QuotationCheck(
            "gone", f"the quote no longer stands in {text.path}" + _reason(same)
        )

    def _document_of(self, citation: SavedCitation) -> _Text | None:
        """By IRI; else, of those with the path, the one with the same text or else the quote."""
        known = self._by_iri.get(citation.document.iri)
        if known:
            return known
        same_path = [text for text in self._texts if text.path == citation.path]
        return max(
            same_path,
            key=lambda text: (text.sha256 == citation.sha256, citation.quote in text.text),
            default=None,
        )

    def _elsewhere(self, citation: SavedCitation) -> QuotationCheck | None:
        """In another document, best in one with the very same text."""
        holding = [text for text in self._texts if citation.quote in text.text]
        if not holding:
            return None
        text = max(holding, key=lambda text: text.sha256 == citation.sha256)
        same = ", which has the same text" if text.sha256 == citation.sha256 else ""
        start = text.nearest(citation.quote, citation.start)
        message = f"the quote stands no longer in {citation.path}, but in {text.path}{same}"
        return QuotationCheck("elsewhere", message, _at(text, start, citation.quote))


_CHANGED = "{} has changed, the quote stands where it stood"


def _moved(citation: SavedCitation, text: _Text, start: int, same: bool) -> QuotationCheck:
    at = _at(text, start, citation.quote)
    places = f"from {citation.start}..{citation.end} to {at.start}..{at.end}"
    message = f"the quote moved in {text.path} {places}" + _reason(same)
    return QuotationCheck("moved", message, at)


def _reason(same: bool) -> str:
    if same:
        return "; the text is unchanged, so the answer has changed"
    return "; the document has changed"


def _at(text: _Text, start: int, quote: str) -> At:
    return At(text.iri, text.path, start, start + len(quote))

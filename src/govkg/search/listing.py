"""Lists and whole documents as JSON values."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from govkg.ontology.vocabulary import Concept
from govkg.search.corpus import StoredCorpus, StoredDocument
from govkg.search.practices import PracticeRecord, spoken


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: how many there are in all, and the items of this page."""

    total: int
    items: list[dict[str, Any]]


def concept_item(concept: Concept) -> dict[str, Any]:
    """A concept as lists show it."""
    return {
        "iri": concept.iri,
        "kind": concept.kind,
        "notation": concept.notation,
        "label": {"zh": concept.pref("zh"), "en": concept.pref("en")},
        "broader": list(concept.broader),
    }


def practice_item(record: PracticeRecord, language: str) -> dict[str, Any]:
    """A practice as lists show it to readers of a language."""
    return {
        "iri": record.iri,
        "label": asdict(record.label),
        "place": asdict(record.place_label),
        "setting": record.setting,
        "years": record.years,
        "results": spoken(record.results, language),
        "conditions": spoken(record.conditions, language),
        "verification": record.verification,
    }


def document_item(document: StoredDocument) -> dict[str, Any]:
    """A document without its text, as lists show it."""
    shown = {
        name: getattr(document, name)
        for name in (
            "iri",
            "key",
            "path",
            "title",
            "language",
            "type",
            "issuer",
            "number",
            "date",
            "effective",
            "place",
            "verification",
            "sources",
            "sha256",
            "validity",
        )
    }
    return {**shown, "superseded_by": document.superseded_by or None}


def whole_document(document: StoredDocument, corpus: StoredCorpus) -> dict[str, Any]:
    """A document with its text and its passages in order."""
    passages = [corpus.passages[row] for row in corpus.passages_of.get(document.iri, ())]
    return {
        **document_item(document),
        "text": document.text,
        "passages": [
            {
                "iri": passage.iri,
                "section": " > ".join(passage.section),
                "start": passage.start,
                "end": passage.end,
                "text": passage.text,
            }
            for passage in passages
        ],
    }


def corpus_counts(corpus: StoredCorpus) -> dict[str, Any]:
    """Documents by type, language and verification, passages by language."""
    return {
        "documents": len(corpus.documents),
        "documents_by_type": _counted(document.type for document in corpus.documents),
        "documents_by_language": _counted(document.language for document in corpus.documents),
        "documents_by_verification": _counted(x.verification for x in corpus.documents),
        "passages": len(corpus.passages),
        "passages_by_language": _counted(passage.language for passage in corpus.passages),
    }


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))

"""Draws claims to be judged: `python -m tests.relevance.sample INDEX --n 200 --seed 1 > FILE`.

A person reads each quotation in its context and sets `verdict` to right, wrong or unclear;
`govkg evaluate FILE` then measures. `--bare FILE` prints a judged file without any words of the
documents: only that may be kept in this repository.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from govkg.evaluate.judgements import hashed
from govkg.graph.queries import ClaimRow, EvidenceRow
from govkg.knowledge_base import KnowledgeBase
from govkg.search.corpus import StoredDocument
from govkg.settings import read_settings
from govkg.text.segmentation import sentences

PREDICATES = ("states", "hasCause", "addresses", "implements", "involves", "reportedOutcome")
# What a bare record keeps: where, what, how sure, and the verdict.
KEPT = (
    "path",
    "sha256",
    "start",
    "end",
    "subject",
    "predicate",
    "object",
    "basis",
    "confidence",
    "verdict",
)
CONTEXT = 2  # sentences before the quotation, and as many after it
Stated = tuple[ClaimRow, EvidenceRow]


def population(base: KnowledgeBase, paths: Sequence[str]) -> dict[str, list[Stated]]:
    """Every quotation of every claim of the documents, by predicate, in a defined order.

    `paths` are those of documents or of folders above them; none means all documents.
    """
    wanted = {d.iri for d in base.corpus.documents if not paths or _is_under(d.path, paths)}
    things = {concept.iri for concept in base.vocabulary.concepts}
    things |= wanted | set(base.practice_records)
    # What fits no concept is known by the claims that state it.
    for claim in base.graph.claims_about(things):
        things |= {claim.subject} | ({claim.object} if _is_thing(claim) else set())
    claims = {claim.iri: claim for claim in base.graph.claims_about(things)}
    found: dict[str, list[Stated]] = {predicate: [] for predicate in PREDICATES}
    for iri, pieces in base.graph.evidence_of(claims).items():
        if claims[iri].predicate in found:
            found[claims[iri].predicate] += [
                (claims[iri], piece) for piece in pieces if piece.document in wanted
            ]
    return {
        predicate: sorted(stated, key=lambda one: one[1].iri) for predicate, stated in found.items()
    }


def _is_thing(claim: ClaimRow) -> bool:
    return claim.predicate != "reportedOutcome"


def shares(sizes: Sequence[int], n: int) -> list[int]:
    """How many of `n` each part gets, proportional to its size; the largest remainders first."""
    total = sum(sizes)
    n = min(n, total)
    exact = [size * n / total if total else 0.0 for size in sizes]
    given = [int(share) for share in exact]
    by_rest = sorted(range(len(sizes)), key=lambda i: (given[i] - exact[i], i))
    for i in by_rest[: n - sum(given)]:
        given[i] += 1
    return given


def draw(base: KnowledgeBase, paths: Sequence[str], n: int, seed: int) -> list[dict[str, Any]]:
    """`n` records to be judged, by predicate in proportion and within it at random."""
    parts = population(base, paths)
    chance = random.Random(seed)
    counts = shares([len(part) for part in parts.values()], n)
    drawn = [
        stated
        for part, count in zip(parts.values(), counts, strict=True)
        for stated in chance.sample(part, count)
    ]
    return [record(base, claim, piece) for claim, piece in drawn]


def record(base: KnowledgeBase, claim: ClaimRow, piece: EvidenceRow) -> dict[str, Any]:
    """One claim as stated in one place, with what a judge reads beside it."""
    document = base.corpus.document[piece.document]
    row = base.corpus.row.get(piece.passage)
    passage = base.corpus.passages[row] if row is not None else None
    language = passage.language if passage else document.language
    before, after = _context(document, piece, language)
    basis = base.graph.values_of(piece.iri).get("basis", [claim.basis])
    return {
        "path": document.path,
        "sha256": document.sha256,
        "start": piece.start,
        "end": piece.end,
        "subject": _name(base, claim.subject),
        "predicate": claim.predicate,
        "object": _name(base, claim.object),
        "basis": basis[0],
        "status": piece.status,
        "confidence": piece.confidence,
        "language": language,
        "title": document.title,
        "section": " > ".join(passage.section) if passage else "",
        "subject_label": _label(base, claim.subject),
        "object_label": _label(base, claim.object),
        "before": before,
        "quote": document.text[piece.start : piece.end],
        "after": after,
        "verdict": "",
        "note": "",
    }


def bare(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records without any words of the documents; a reported outcome by its hash."""
    kept = [{name: one[name] for name in KEPT if name in one} for one in records]
    for one in kept:
        if one["predicate"] == "reportedOutcome":
            one["object"] = hashed(one["object"])
    return kept


def _is_under(path: str, paths: Sequence[str]) -> bool:
    return any(path == one or path.startswith(one.rstrip("/") + "/") for one in paths)


def _context(document: StoredDocument, piece: EvidenceRow, language: str) -> tuple[str, str]:
    """The two sentences before and after a quotation, each as one text."""
    spans = sentences(document.text, "zh" if language == "zh" else "en")
    before = [span for span in spans if span[1] <= piece.start][-CONTEXT:]
    after = [span for span in spans if span[0] >= piece.end][:CONTEXT]
    return _between(document.text, before), _between(document.text, after)


def _between(text: str, spans: Sequence[tuple[int, int]]) -> str:
    return text[spans[0][0] : spans[-1][1]] if spans else ""


def _name(base: KnowledgeBase, thing: str) -> str:
    concept = base.vocabulary.get(thing)
    return concept.notation if concept else thing


def _label(base: KnowledgeBase, thing: str) -> dict[str, str]:
    """The labels in both languages; a document by its title, a candidate in its own language."""
    concept = base.vocabulary.get(thing)
    if concept:
        return {"zh": concept.pref("zh"), "en": concept.pref("en")}
    practice = base.practice_records.get(thing)
    if practice:
        return {"zh": practice.label.zh, "en": practice.label.en}
    document = base.corpus.document.get(thing)
    known = document.title if document else ""
    if not known and base.graph.values_of(thing):
        known = base.graph.label_of(thing)[0]
    return {"zh": known, "en": known}


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a file to be judged, or a judged one bare."""
    parser = argparse.ArgumentParser(prog="tests.relevance.sample", description=__doc__)
    parser.add_argument("index", type=Path, nargs="?")
    parser.add_argument("--documents", nargs="*", default=[], metavar="PATH")
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bare", type=Path, metavar="FILE")
    given = parser.parse_args(arguments)
    if (given.index is None) == (given.bare is None):
        parser.error("give either an index or --bare FILE")
    if given.bare:
        judged = json.loads(given.bare.read_text("utf-8"))["judgements"]
        records = bare(judged)
    else:
        base = KnowledgeBase.open(given.index, read_settings(index=given.index))
        records = draw(base, given.documents, given.n, given.seed)
        base.close()
        if not records:
            parser.error("no claim in these documents")
    json.dump({"judgements": records}, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()

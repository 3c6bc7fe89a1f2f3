"""Curators' decisions in a build: read, replayed, and reported, each of them, every time."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from govkg.errors import CorpusError
from govkg.extract.annotations import Annotations, Applied
from govkg.extract.decision_file import read_decision
from govkg.extract.standing import Order, stand
from govkg.graph.curation import curation_quads
from govkg.model.claim import Extraction
from govkg.model.decision import Decision, Ruling, State
from govkg.model.document import Document
from govkg.model.identifiers import Minter, sha256
from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary

ANNOTATIONS_FOLDER = "annotations"
_ENDING = ".yaml"
_NEVER_APPLIES = "correct it with a new decision, or leave it: it is kept and does nothing"


@dataclass(frozen=True, slots=True)
class AnnotationFiles:
    """The decisions of a corpus, and what is wrong with the files that hold none.

    `paths` maps names of decisions, and `faults` files, to paths relative to the corpus.
    """

    decisions: tuple[Decision, ...] = ()
    paths: tuple[tuple[str, str], ...] = ()
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What decisions may name."""

    vocabulary: Vocabulary
    places: Places
    minter: Minter


class _Part(Protocol):
    """What one document adds, as far as decisions go."""

    @property
    def document(self) -> Document: ...
    @property
    def extraction(self) -> Extraction: ...
    @property
    def applied(self) -> tuple[Applied, ...]: ...


def read_annotations(corpus: Path) -> AnnotationFiles:
    """Every decision under CORPUS/annotations, in the order of paths; links are not followed."""
    folder = corpus / ANNOTATIONS_FOLDER
    if folder.is_symlink() or not folder.is_dir():
        return AnnotationFiles()
    decisions: list[Decision] = []
    paths: dict[str, str] = {}
    faults: list[tuple[str, str]] = []
    for path in sorted(folder.rglob("*.y*ml")):
        shown = path.relative_to(corpus).as_posix()
        if any(part.startswith(".") for part in path.relative_to(corpus).parts):
            continue
        try:
            decision = _read(path)
        except CorpusError as error:
            faults.append((shown, error.problem + (f" ({error.remedy})" if error.remedy else "")))
            continue
        if decision.name in paths:
            faults.append((shown, f"{paths[decision.name]} has the same name (rename the file)"))
            continue
        paths[decision.name] = shown
        decisions.append(decision)
    return AnnotationFiles(tuple(decisions), tuple(paths.items()), tuple(faults))


def _read(path: Path) -> Decision:
    if path.suffix != _ENDING:
        raise CorpusError("a decision's file ends in .yaml", remedy="rename it")
    if path.is_symlink() or not path.is_file():
        raise CorpusError("not a plain file", remedy="put the file itself there")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(
            f"cannot be read: {error.strerror}", remedy="check its permissions"
        ) from error
    return read_decision(path.stem, data)


class Curation:
    """The decisions of one build."""

    def __init__(self, files: AnnotationFiles, known: Known, signatures: int) -> None:
        """Sorts out which decisions count; `signatures` is how many authors each needs."""
        self._files = files
        standing = stand(files.decisions, known.vocabulary, known.places, known.minter, signatures)
        self._orders, self._others = standing.orders, standing.others
        self._promoted = dict(standing.promoted)
        self.vocabulary = standing.vocabulary
        self.annotations = Annotations(
            standing.orders, standing.vocabulary, known.places, known.minter
        )
        concepts = [asdict(concept) for concept in self._promoted.values()]
        # What is found depends on the concepts that were promoted, on no other decision.
        self.mark = sha256(json.dumps(concepts, sort_keys=True)) if concepts else ""

    def rulings(self, parts: Sequence[_Part]) -> tuple[Ruling, ...]:
        """How each decision stands after all documents were made, in the order of names."""
        if not self._files.decisions:
            return ()
        applied: dict[str, list[Applied]] = defaultdict(list)
        for part in parts:
            for one in part.applied:
                applied[one.decision].append(one)
        documents = {part.document.key: part.document for part in parts}
        rulings = [*self._others]
        for order in self._orders:
            rulings.append(_ruling(order, applied[order.decision.name], documents))
        return tuple(sorted(rulings, key=lambda ruling: ruling.decision.name))

    def quads(self, rulings: Sequence[Ruling], base: str) -> list[str]:
        """The graph `curation`; empty where nothing was decided."""
        return curation_quads(rulings, self._promoted, base) if rulings else []

    def report(self, rulings: Iterable[Ruling]) -> tuple[dict[str, str], ...]:
        """A row for each file of a decision: file, state and message, in the order of paths."""
        paths = dict(self._files.paths)
        rows = [
            {"file": paths[one.decision.name], "state": str(one.state), "message": one.message}
            for one in rulings
        ]
        rows += [{"file": f, "state": "error", "message": m} for f, m in self._files.faults]
        return tuple(sorted(rows, key=lambda row: row["file"]))


def with_decisions(
    rows: Iterable[dict[str, Any]], decisions: Iterable[dict[str, str]]
) -> list[dict[str, Any]]:
    """The report's rows, those of decisions with what became of them."""
    said = {row["file"]: row for row in decisions}
    return [
        row
        if row["path"] not in said
        else {
            **row,
            "outcome": "error" if said[row["path"]]["state"] == "error" else "ignored",
            "message": f"decision, {said[row['path']]['state']}: {said[row['path']]['message']}",
        }
        for row in rows
    ]


def _ruling(order: Order, applied: Sequence[Applied], documents: dict[str, Document]) -> Ruling:
    decision = order.decision
    judged = tuple(sorted({iri for one in applied for iri in one.judged}))
    made = tuple(sorted({iri for one in applied for iri in one.made}))
    state: State = "applied"
    message = f"on {len(judged)} quotation{'s' if len(judged) != 1 else ''}"
    if made and not judged:
        message = "on a quotation in which nothing else finds it"
    if not judged and not made:
        problem = _gone(decision, documents)
        if not problem and decision.action == "reject":
            message = "nothing to reject: the claim is not found there now"
        else:
            state = "stale"
            kept = "the concept stays; " if decision.action == "promote" else ""
            problem = problem or "what it names is not described now"
            message = f"{problem} ({kept}{_NEVER_APPLIES})"
    return Ruling(decision, state, message, order.claim, judged, made, order.replaces)


def _gone(decision: Decision, documents: dict[str, Document]) -> str:
    """What is no more of that on which a decision rests; empty if all is there."""
    if not decision.quote:
        return "no document states the claim now"
    document = documents.get(decision.document)
    if document is not None and decision.quote in document.text:
        return ""
    others = sorted(key for key, other in documents.items() if decision.quote in other.text)
    problem = (
        f"there is no document {decision.document!r} now"
        if document is None
        else f"the quoted words no longer stand in {decision.document!r}"
    )
    return problem + (f"; they stand in {others[0]!r}" if others else "")

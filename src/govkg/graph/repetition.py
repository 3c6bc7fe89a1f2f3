"""What is said twice, and by how many: repeated passages and quotations, independent documents.

All of it depends on all documents together, so it is made anew at every build.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from govkg.graph.quads import Lines, gov, integer, iri
from govkg.model.claim import ASSERTED_CONFIDENCE, Claim, Evidence
from govkg.model.document import Document
from govkg.model.grouping import Groups, independent
from govkg.ontology.namespaces import PROV, graph_iri
from govkg.text.language import detect
from govkg.text.near_duplicates import first_of_each, folded, is_telling

_ALTERNATE = iri(f"{PROV}alternateOf")
_REPEATS = gov("repeats")
# Of two documents that have this share of either in common, one is a version or a reprint of the
# other. A report that quotes a short notice whole is not: there only the words quoted count once.
_REPRINTED = 0.5
_AMENDED_TYPES = frozenset({"judicial_interpretation", "law", "regulation"})


def repetition_quads(
    documents: Sequence[Document], claims: Iterable[Claim], base: str
) -> list[str]:
    """The graph `inferred`, as far as it says what repeats what and how many say a thing.

    `gov:repeats` leads from a passage, or from a claim's evidence, to the first that says the
    same in nearly the same words; `prov:alternateOf` from a document to the first that it is not
    independent of. Each claim has its `gov:statementCount` and `gov:corroboration`.
    """
    documents = sorted(documents, key=lambda document: (document.path, document.key))
    lines = Lines(graph_iri(base, "inferred"))
    passages = [(d.iri, p) for d in documents for p in d.passages]
    first = first_of_each([(passage.text, passage.language) for _, passage in passages])
    for number, leader in enumerate(first):
        if leader != number:
            lines.add(iri(passages[number][1].iri), _REPEATS, iri(passages[leader][1].iri))
    sources = _sources(documents, _reprints(documents, first))
    for document, source in sources.items():
        if source != document:
            lines.add(iri(document), _ALTERNATE, iri(source))
    order = {document.iri: number for number, document in enumerate(documents)}
    for said in _by_what_is_said(claims):
        _add_counts(lines, said, order, sources)
    return lines.sorted()


def _reprints(documents: Sequence[Document], first: Sequence[int]) -> list[tuple[str, str]]:
    """Pairs of documents that are for the greater part the same."""
    owner = [document.iri for document in documents for _ in document.passages]
    # What many write by themselves, such as a greeting or an empty field, shows no copying.
    length = [
        len(folded(p.text, p.language)) if is_telling(p.text, p.language) else 0
        for document in documents
        for p in document.passages
    ]
    whole: dict[str, int] = defaultdict(int)
    in_group: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for number, leader in enumerate(first):
        whole[owner[number]] += length[number]
        in_group[leader][owner[number]] += length[number]
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for members in in_group.values():
        leading, *others = members
        for other in others:
            shared[leading, other] += min(members[leading], members[other])
    return [
        (one, other)
        for (one, other), common in shared.items()
        if common and common >= _REPRINTED * max(whole[one], whole[other])
    ]


def _sources(documents: Sequence[Document], reprints: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each document's source: the first document that it is not independent of, or itself."""
    groups: Groups[str] = Groups()
    known: dict[tuple[str, ...], str] = {}
    for document in documents:
        groups.add(document.iri)
        for name in _names(document):
            groups.join(known.setdefault(name, document.iri), document.iri)
    for one, other in reprints:
        groups.join(one, other)
    return {document.iri: groups.add(document.iri) for document in documents}


def _names(document: Document) -> list[tuple[str, ...]]:
    """What the versions of one work have in common, whatever their text.

    A number alone is not enough: one order can bring several acts into force. Nor is a title: the
    report of each year has that of the year before; an act keeps its title when it is amended.
    """
    title = folded(document.title, document.language)
    names: list[tuple[str, ...]] = [("work", document.work)] if document.work else []
    if document.issuer and title:
        day = "" if document.type in _AMENDED_TYPES else document.date
        names.append(("issued", folded(document.issuer, document.language), title, day))
    if document.number and title:
        names.append(("numbered", document.number, title))
    return names


def _by_what_is_said(claims: Iterable[Claim]) -> list[dict[str, dict[str, Evidence]]]:
    """For each thing said its claims, and for each of these its evidence, all by IRI.

    That a document states a concept is said by each document of itself: these claims say the
    same thing.
    """
    said: dict[tuple[str, ...], dict[str, dict[str, Evidence]]] = {}
    for claim in claims:
        stated = claim.predicate == "states"
        key = ("", "states", claim.object) if stated else (claim.iri,)
        pieces = said.setdefault(key, {}).setdefault(claim.iri, {})
        pieces.update((piece.iri, piece) for piece in claim.evidence)
    return [group for _, group in sorted(said.items())]


def _add_counts(
    lines: Lines,
    said: Mapping[str, Mapping[str, Evidence]],
    order: Mapping[str, int],
    sources: Mapping[str, str],
) -> None:
    """What repeats what among the evidence of one thing said, and the counts of its claims."""
    by_iri = {name: piece for own in said.values() for name, piece in own.items()}
    pieces = sorted(by_iri.values(), key=lambda e: (order[e.document], e.start, e.iri))
    statement = _statements(pieces)
    for piece in pieces:
        if statement[piece.iri] != piece.iri:
            lines.add(iri(piece.iri), _REPEATS, iri(statement[piece.iri]))
    spoken = [
        (sources[piece.document], statement[piece.iri]) for piece in pieces if _is_sure(piece)
    ]
    for claim, own in said.items():
        count = len({statement[name] for name, piece in own.items() if piece.review != "rejected"})
        lines.add(iri(claim), gov("statementCount"), integer(count))
        # Of a claim that is not sure itself, nobody says that others bear it out.
        sure = any(_is_sure(piece) for piece in own.values())
        lines.add(iri(claim), gov("corroboration"), integer(independent(spoken) if sure else 0))


def _is_sure(piece: Evidence) -> bool:
    return piece.review != "rejected" and piece.confidence >= ASSERTED_CONFIDENCE


def _statements(pieces: Sequence[Evidence]) -> dict[str, str]:
    """For each piece the first one of the same words, or of overlapping words of its document.

    The pieces are in the order of documents, and of offsets within each.
    Of short words in two documents nobody can tell that one has them from the other.
    """
    groups: Groups[str] = Groups()
    last: dict[str, Evidence] = {}
    for piece in pieces:
        groups.add(piece.iri)
    for piece in pieces:
        before = last.get(piece.document)
        if before and piece.start < before.end:
            groups.join(before.iri, piece.iri)
        if not before or piece.end > before.end:
            last[piece.document] = piece
    texts = [(piece.quote, detect(piece.quote)) for piece in pieces]
    for piece, (quote, language), number in zip(pieces, texts, first_of_each(texts), strict=True):
        leader = pieces[number]
        if piece.document == leader.document or is_telling(quote, language):
            groups.join(leader.iri, piece.iri)
    return {piece.iri: groups.add(piece.iri) for piece in pieces}

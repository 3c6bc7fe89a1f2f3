"""Curators' decisions as RDF: who decided what, on which words, and what came of it."""

from collections.abc import Iterable, Mapping, Sequence

from govkg.graph.quads import Lines, boolean, date, gov, iri, text
from govkg.model.decision import Decision, Proposal, Ruling
from govkg.model.identifiers import DEFAULT_BASE, Minter
from govkg.ontology.namespaces import DCTERMS, OA, PROV, RDF, RDFS, SKOS, graph_iri
from govkg.ontology.vocabulary import KIND_CLASSES, Concept
from govkg.text.language import detect

_TYPE = iri(f"{RDF}type")
_LABEL = iri(f"{RDFS}label")
_COMMENT = iri(f"{RDFS}comment")
_DATE = iri(f"{DCTERMS}date")
_DESCRIPTION = iri(f"{DCTERMS}description")
_IDENTIFIER = iri(f"{DCTERMS}identifier")
_REPLACES = iri(f"{DCTERMS}replaces")
_SUBJECT = iri(f"{DCTERMS}subject")
_EXACT = iri(f"{OA}exact")
_LABEL_PROPERTIES = {"pref": iri(f"{SKOS}prefLabel"), "alt": iri(f"{SKOS}altLabel")}


def curation_quads(
    rulings: Sequence[Ruling], promoted: Mapping[str, Concept], base: str
) -> list[str]:
    """The graph `curation`: each decision as an activity, and the concepts that were promoted.

    `promoted` maps names of decisions to the concepts that they brought into the vocabulary.
    """
    lines = Lines(graph_iri(base, "curation"))
    minter = Minter(base)
    names = {ruling.decision.name: decision_iri(ruling.decision, base) for ruling in rulings}
    for ruling in rulings:
        _add_ruling(lines, ruling, names, minter)
        concept = promoted.get(ruling.decision.name)
        if concept and ruling.decision.proposal:
            _add_concept(lines, concept, ruling.decision.proposal)
            _add_made(lines, [concept.iri], names[ruling.decision.name])
    return lines.sorted()


def decision_iri(decision: Decision, base: str) -> str:
    """The IRI of a decision: by what was decided, not by the name of its file."""
    return Minter(base)("decision", decision.identity)


def _add_ruling(lines: Lines, ruling: Ruling, names: Mapping[str, str], minter: Minter) -> None:
    decision = ruling.decision
    this = iri(names[decision.name])
    if ruling.message.startswith("says the same as"):
        # A copy of the file is the same decision: it is described once.
        return
    lines.add(this, _TYPE, gov("Decision"), iri(f"{PROV}Activity"))
    lines.add(this, _IDENTIFIER, text(decision.name))
    lines.add(this, gov("decision"), text(decision.action))
    lines.add(this, _COMMENT, text(decision.reason, detect(decision.reason)))
    lines.add(this, gov("inForce"), boolean(ruling.state == "applied"))
    lines.add(this, gov("stale"), boolean(ruling.state == "stale"))
    lines.add(this, _LABEL, text(_said(decision)))
    lines.add(this, _DESCRIPTION, text(ruling.message))
    if ruling.claim:
        lines.add(this, _SUBJECT, iri(ruling.claim))
    if decision.quote:
        lines.add(this, _EXACT, text(decision.quote, detect(decision.quote)))
        lines.add(this, iri(f"{PROV}used"), iri(minter("document", decision.document)))
    for replaced in ruling.replaces:
        lines.add(this, _REPLACES, iri(names[replaced]))
    lines.add(this, gov("appliesTo"), *(iri(one) for one in ruling.judged))
    _add_made(lines, ruling.made, names[decision.name])
    _add_signatures(lines, decision, this, minter)


def _add_signatures(lines: Lines, decision: Decision, this: str, minter: Minter) -> None:
    """Each author as an agent, with the day on which they signed."""
    lines.add(this, _DATE, date(decision.date))
    days = [(decision.author, decision.date), *((one.author, one.date) for one in decision.signed)]
    for author in decision.authors:
        day = next(day for name, day in days if name == author)
        agent = iri(minter("agent", author))
        signature = iri(minter("signature", decision.identity, author))
        lines.add(agent, _TYPE, iri(f"{PROV}Agent"))
        lines.add(agent, _LABEL, text(author))
        lines.add(this, iri(f"{PROV}wasAssociatedWith"), agent)
        lines.add(this, iri(f"{PROV}qualifiedAssociation"), signature)
        lines.add(signature, _TYPE, iri(f"{PROV}Association"))
        lines.add(signature, iri(f"{PROV}agent"), agent)
        lines.add(signature, _DATE, date(day))


def _add_made(lines: Lines, things: Iterable[str], decision: str) -> None:
    for thing in things:
        lines.add(iri(decision), iri(f"{PROV}generated"), iri(thing))
        lines.add(iri(thing), iri(f"{PROV}wasGeneratedBy"), iri(decision))


def _add_concept(lines: Lines, concept: Concept, proposal: Proposal) -> None:
    """A promoted concept, described as those of the vocabulary are."""
    this = iri(concept.iri)
    # The schemes of vocabulary.ttl keep their IRIs under any base.
    scheme = iri(f"{DEFAULT_BASE}scheme-{concept.kind}")
    lines.add(this, _TYPE, iri(f"{SKOS}Concept"), iri(KIND_CLASSES[concept.kind]))
    lines.add(this, iri(f"{SKOS}inScheme"), scheme)
    lines.add(this, iri(f"{SKOS}notation"), text(concept.notation))
    for label in concept.labels:
        lines.add(this, _LABEL_PROPERTIES[label.kind], text(label.text, label.language))
    for language, definition in proposal.definitions:
        lines.add(this, iri(f"{SKOS}definition"), text(definition, language))
    for broader in concept.broader:
        lines.add(this, iri(f"{SKOS}broader"), iri(broader))
    if not concept.broader:
        lines.add(this, iri(f"{SKOS}topConceptOf"), scheme)


def _said(decision: Decision) -> str:
    """The decision in one line, by the names that its file uses."""
    claim = decision.claim
    said = f"{decision.action}: {'/'.join(claim.subject.key)} {claim.predicate} "
    said += "/".join(claim.object.key)
    corrected = decision.correction
    if corrected:
        parts = (corrected.subject, corrected.object)
        words = ["/".join(term.key) for term in parts if term]
        said += " → " + " ".join([*words, corrected.predicate, corrected.status]).strip()
    target = decision.into or (decision.proposal.notation if decision.proposal else "")
    return f"{said} → {target}" if target else said

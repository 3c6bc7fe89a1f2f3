"""Claims of our own over the two short documents, as N-Quads."""

from govkg.knowledge_base import KnowledgeBase
from tests.evaluate.answers import REPORT

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
GOV = "https://w3id.org/govkg/def#"
# The sentences of the report: on refusals, on their cause, on cars, and the two measures.
REFUSE, REASON, CARS = (46, 118), (119, 204), (205, 231)
ACCOUNTS, NIGHT = (253, 339), (340, 435)


def iri(base: KnowledgeBase, notation: str) -> str:
    """The IRI of a concept, or the name itself where it is none."""
    concept = base.vocabulary.by_notation(notation)
    return concept.iri if concept else notation


def claim(
    base: KnowledgeBase,
    triple: tuple[str, str, str],
    basis: str,
    confidence: float,
    span: tuple[int, int],
    document: str = REPORT,
) -> str:
    """A claim by notations or IRIs, with one quotation in one of the documents."""
    subject, predicate, target = triple
    this = "urn:claim:" + "-".join(part.rsplit("/", 1)[-1] for part in triple).replace(" ", "_")
    term = f'"{target}"' if predicate == "reportedOutcome" else f"<{iri(base, target)}>"
    evidence = f"{this}:{span[0]}"
    row = next(r for r in base.corpus.passages_of[document] if _holds(base, r, span))
    values = [
        (this, f"{RDF}subject", f"<{iri(base, subject)}>"),
        (this, f"{RDF}predicate", f"<{GOV}{predicate}>"),
        (this, f"{RDF}object", term),
        *((one, f"{GOV}basis", f'"{basis}"') for one in (this, evidence)),
        *((one, f"{GOV}status", '"diagnosis"') for one in (this, evidence)),
        *((one, f"{GOV}confidence", f'"{confidence}"') for one in (this, evidence)),
        (this, f"{GOV}evidence", f"<{evidence}>"),
        (evidence, "http://www.w3.org/ns/prov#wasQuotedFrom", f"<{document}>"),
        (evidence, f"{GOV}inPassage", f"<{base.corpus.passages[row].iri}>"),
        (evidence, "http://www.w3.org/ns/oa#start", f'"{span[0]}"'),
        (evidence, "http://www.w3.org/ns/oa#end", f'"{span[1]}"'),
        (iri(base, subject), f"{RDF}type", "<urn:thing>"),
    ]
    return "".join(f"<{s}> <{p}> {o} <urn:g> .\n" for s, p, o in values)


def _holds(base: KnowledgeBase, row: int, span: tuple[int, int]) -> bool:
    passage = base.corpus.passages[row]
    return passage.start < span[1] and span[0] < passage.end

"""The namespaces in use, govkg's own terms, and the names of the graphs."""

from govkg.model.identifiers import DEFINITIONS

GOV = DEFINITIONS
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
ELI = "http://data.europa.eu/eli/ontology#"
SH = "http://www.w3.org/ns/shacl#"

PREFIXES: dict[str, str] = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "eli": ELI,
    "gov": GOV,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
}

# The local names of govkg's own terms; `govkg.ttl` defines exactly these.
CLASSES = frozenset(
    {
        "Actor",
        "ActorType",
        "Cause",
        "Claim",
        "Conflict",
        "Countermeasure",
        "Decision",
        "Document",
        "Evidence",
        "Mention",
        "Passage",
        "Place",
        "Practice",
        "Problem",
        "Section",
    }
)
PROPERTIES = frozenset(
    {
        "addresses",
        "appliesTo",
        "basis",
        "candidate",
        "conditions",
        "confidence",
        "conflictKind",
        "corroboration",
        "country",
        "decision",
        "documentNumber",
        "effective",
        "evidence",
        "hasCause",
        "implements",
        "inForce",
        "inPassage",
        "intendedFor",
        "involves",
        "issuer",
        "label",
        "level",
        "locatedIn",
        "negativeLabel",
        "order",
        "passageKind",
        "path",
        "placeKind",
        "region",
        "repeats",
        "reportedOutcome",
        "respondsTo",
        "results",
        "review",
        "role",
        "section",
        "setting",
        "sha256",
        "side",
        "stale",
        "statementCount",
        "states",
        "status",
        "translatedFrom",
        "validity",
        "verification",
        "years",
    }
)
DATATYPES = frozenset({"gbt2260", "iso3166"})
TERMS = CLASSES | PROPERTIES | DATATYPES

GRAPH_NAMES = ("catalogue", "curation", "inferred", "provenance", "vocabulary")


def graph_iri(base: str, name: str) -> str:
    """The IRI of one of the graphs that are not a document's.

    Raises:
        ValueError: there is no graph of that name.
    """
    if name not in GRAPH_NAMES:
        raise ValueError(f"unknown graph: {name!r}; the graphs are {', '.join(GRAPH_NAMES)}")
    return f"{base}graph-{name}"


def prefix_header() -> str:
    """The prefixes as the head of a SPARQL query, in alphabetical order."""
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))

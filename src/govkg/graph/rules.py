"""What follows from what is asserted, as SPARQL that writes into the graph `inferred`."""

import re
from string import Template

import pyoxigraph as ox

from govkg.ontology.namespaces import graph_iri, prefix_header

# A measure answers many problems; a practice answers those for which its own document takes it,
# as far as curators have not rejected that.
_PRACTICE_RESPONDS_TO_PROBLEM = """
INSERT { GRAPH <$inferred> { ?practice gov:respondsTo ?problem } }
WHERE {
  GRAPH <$inferred> {
    ?practice gov:implements ?countermeasure .
    ?countermeasure gov:addresses ?problem .
  }
  GRAPH ?document {
    ?tried rdf:subject ?practice ; rdf:predicate gov:implements ; rdf:object ?countermeasure .
    ?meant rdf:subject ?countermeasure ; rdf:predicate gov:addresses ; rdf:object ?problem .
    FILTER EXISTS { ?tried gov:evidence ?one FILTER NOT EXISTS { ?one gov:review "rejected" } }
    FILTER EXISTS { ?meant gov:evidence ?two FILTER NOT EXISTS { ?two gov:review "rejected" } }
  }
}"""
# An editor who describes one practice in a document lists the problems that it answers there.
_PRACTICE_RESPONDS_TO_WHAT_ITS_EDITOR_SIGNED = """
INSERT { GRAPH <$inferred> { ?practice gov:respondsTo ?problem } }
WHERE {
  GRAPH ?graph {
    ?document dcterms:type "practice" .
    ?claim rdf:subject ?document ; rdf:predicate gov:states ; rdf:object ?problem ;
      gov:evidence ?evidence .
    ?evidence gov:basis "editorial" .
    FILTER NOT EXISTS { ?evidence gov:review "rejected" }
    ?practice a gov:Practice .
  }
  GRAPH ?known { ?problem a gov:Problem ; skos:inScheme ?scheme }
}"""
_PRACTICE_HAS_THE_CODES_OF_ITS_PLACE = """
INSERT { GRAPH <$inferred> { ?practice ?code ?value } }
WHERE {
  GRAPH ?document { ?practice a gov:Practice ; gov:locatedIn ?place }
  GRAPH <$vocabulary> { ?place a gov:Place ; ?code ?value }
  FILTER(?code IN (gov:country, gov:region))
}"""
# Hong Kong, Macao and Taiwan are regions of China that its mainland lists as 国（境）外.
_PRACTICE_IS_AT_HOME_OR_OVERSEAS = """
INSERT { GRAPH <$inferred> { ?practice gov:setting ?setting } }
WHERE {
  GRAPH ?document { ?practice a gov:Practice ; gov:locatedIn ?place }
  GRAPH <$vocabulary> {
    ?place a gov:Place ; gov:country ?country .
    OPTIONAL { ?place gov:region ?given }
  }
  BIND(COALESCE(?given, "") AS ?region)
  BIND(
    IF(?region = "$home"
       || (?country = "$home" && ?region NOT IN ("CN-HK", "CN-MO", "CN-TW")),
       "domestic", "overseas") AS ?setting)
}"""
INFERENCES: tuple[str, ...] = (
    _PRACTICE_RESPONDS_TO_PROBLEM,
    _PRACTICE_RESPONDS_TO_WHAT_ITS_EDITOR_SIGNED,
    _PRACTICE_HAS_THE_CODES_OF_ITS_PLACE,
    _PRACTICE_IS_AT_HOME_OR_OVERSEAS,
)
_HOME = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


def infer(store: ox.Store, base: str, home: str = "CN") -> None:
    """Runs all inferences once, in order; none of them needs what a later one adds.

    `home` is the ISO 3166 code of the country or region where the base is at home.

    Raises:
        ValueError: `home` is no such code.
    """
    if not _HOME.fullmatch(home):
        raise ValueError(f"not an ISO 3166 code: {home!r}")
    names = {name: graph_iri(base, name) for name in ("inferred", "vocabulary")}
    for rule in INFERENCES:
        store.update(prefix_header() + Template(rule).substitute(names, home=home))


def merge_graphs(store: ox.Store) -> None:
    """Fills the default graph with each triple of the named graphs, once.

    Several documents state the same triple of a shared claim or practice. The engine's own
    union of graphs gives such a triple once for each of them, which multiplies the solutions of
    a join and makes counts wrong; ask the filled default graph instead.
    """
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")

"""The SPARQL query that gives an answer's concepts and practices again from the graph."""

from collections.abc import Sequence

from govkg.model.answer import Found, FoundPractice
from govkg.model.identifiers import DEFINITIONS

_QUERY = """PREFIX gov: <{definitions}>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?part ?item WHERE {{
  VALUES (?part ?item) {{
{rows}
  }}
  ?claim a gov:Claim ; gov:evidence ?evidence .
  {{ ?claim rdf:subject ?item }} UNION {{ ?claim rdf:object ?item }}
}}
ORDER BY ?part ?item"""


def reproducing_query(**parts: Sequence[Found | FoundPractice]) -> str:
    """A query whose `?item` are exactly the things given by part, each checked to have evidence."""
    rows = [f'    ("{part}" <{one.iri}>)' for part, found in parts.items() for one in found]
    return _QUERY.format(definitions=DEFINITIONS, rows="\n".join(rows))

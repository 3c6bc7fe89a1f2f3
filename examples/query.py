"""Asks the graph in SPARQL: `python examples/query.py [INDEX]`."""

import json
import sys
from pathlib import Path

from govkg.knowledge_base import KnowledgeBase
from govkg.settings import read_settings

MEASURES_TRIED_ABROAD = """
PREFIX gov: <https://w3id.org/govkg/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?measure (COUNT(DISTINCT ?practice) AS ?practices) WHERE {
  ?practice gov:setting "overseas" ; gov:implements ?countermeasure .
  ?countermeasure skos:prefLabel ?measure FILTER(LANG(?measure) = "en")
}
GROUP BY ?measure ORDER BY DESC(?practices) ?measure
"""


def main(index: Path) -> None:
    """Prints how many practices abroad tried each measure."""
    base = KnowledgeBase.open(index, read_settings())
    answer = base.query(MEASURES_TRIED_ABROAD, "application/sparql-results+json")
    for row in json.loads(answer.body)["results"]["bindings"]:
        print(f"{row['practices']['value']:>3}  {row['measure']['value']}")
    base.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "index"))

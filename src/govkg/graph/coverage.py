"""What the base covers: for each problem of the vocabulary, how much is known against it."""

from collections import defaultdict
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox

from govkg.graph.queries import Graph, select

_PROBLEMS = """
SELECT DISTINCT ?problem ?notation ?label WHERE {
  ?problem a gov:Problem ; skos:inScheme ?scheme ; skos:notation ?notation ; skos:prefLabel ?label
} ORDER BY ?notation ?label"""
_MEASURES = "SELECT DISTINCT ?problem ?measure WHERE { ?measure gov:addresses ?problem }"
_PRACTICES = """
SELECT DISTINCT ?problem ?practice ?setting WHERE {
  ?practice gov:respondsTo ?problem ; gov:setting ?setting
}"""


def known(graph: Graph) -> dict[str, Any]:
    """What a graph holds in counts, its contradictions, and what it knows against each problem."""
    return {
        **graph.counts(),
        "conflicts": [asdict(conflict) for conflict in graph.conflicts],
        "coverage": coverage(graph.store),
    }


def coverage(store: ox.Store) -> dict[str, Any]:
    """The problem by setting matrix, problems in the order of their notations.

    Each row counts the countermeasures that address the problem, and the practices at home and
    overseas that respond to it; `covered` is how many problems have a countermeasure and a
    practice, `gaps` the notations of the others.
    """
    labels: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for problem, notation, label in select(store, _PROBLEMS):
        labels[problem.value, notation.value][label.language] = label.value
    measures: dict[str, set[str]] = defaultdict(set)
    for problem, measure in select(store, _MEASURES):
        measures[problem.value].add(measure.value)
    practices: dict[tuple[str, str], set[str]] = defaultdict(set)
    for problem, practice, setting in select(store, _PRACTICES):
        practices[problem.value, setting.value].add(practice.value)
    rows = [
        {
            "iri": iri,
            "notation": notation,
            "label": {"zh": label["zh"], "en": label["en"]},
            "countermeasures": len(measures[iri]),
            "domestic": len(practices[iri, "domestic"]),
            "overseas": len(practices[iri, "overseas"]),
        }
        for (iri, notation), label in labels.items()
    ]
    gaps = [
        row["notation"]
        for row in rows
        if not row["countermeasures"] or not (row["domestic"] or row["overseas"])
    ]
    return {"problems": rows, "covered": len(rows) - len(gaps), "gaps": gaps}

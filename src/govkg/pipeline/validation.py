"""The ontology alone, checked as a build would check it."""

from dataclasses import dataclass
from pathlib import Path

from govkg.errors import OntologyError
from govkg.graph.build import ontology_quads
from govkg.model.identifiers import DEFAULT_BASE
from govkg.ontology.loading import SHAPES_FILE, find_ontology, load_ontology
from govkg.ontology.places import read_places
from govkg.ontology.shapes import validate
from govkg.ontology.vocabulary import read_vocabulary
from govkg.pipeline.whole import check


@dataclass(frozen=True, slots=True)
class Sound:
    """How many concepts and places a sound ontology has."""

    concepts: int
    places: int


def validate_ontology(directory: Path | None) -> Sound:
    """Loads the ontology and holds its vocabulary against the shapes and the checks.

    Raises:
        OntologyError: something is malformed, missing, or breaks a rule; names the first.
    """
    ontology = load_ontology(find_ontology(directory))
    quads = "\n".join(ontology_quads(ontology, DEFAULT_BASE)) + "\n"
    violations = validate(quads, ontology.directory / SHAPES_FILE)
    if violations:
        first = violations[0]
        raise OntologyError(
            f"{len(violations)} violations of the shapes, the first: {first.message}",
            where=first.focus,
        )
    check(ontology.store, sorted((ontology.directory / "checks").glob("*.rq")))
    vocabulary, places = read_vocabulary(ontology.store), read_places(ontology.store)
    return Sound(len(vocabulary.concepts), len(places.places))

"""Small documents of our own, read and extracted with the real vocabulary and encoders."""

import os
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as ox
import pytest

from govkg.corpus.reading import ReadingContext, read_corpus
from govkg.extract.extraction import Extractor
from govkg.index.embedders import load_embedder
from govkg.index.encoder import prepare_encoder
from govkg.index.static_encoder import StaticEncoder
from govkg.model.identifiers import Minter
from govkg.ontology.places import read_places
from govkg.ontology.vocabulary import read_vocabulary

ONTOLOGY = Path(__file__).parents[2] / "ontology"


@pytest.fixture(scope="session")
def ontology():
    """The vocabulary, the places, and a short name for each of their IRIs."""
    store = ox.Store()
    for name in ("vocabulary.ttl", "places.ttl"):
        store.bulk_load(path=str(ONTOLOGY / name), format=ox.RdfFormat.TURTLE)
    vocabulary, places = read_vocabulary(store), read_places(store)
    names = {concept.iri: concept.notation for concept in vocabulary.concepts}
    names |= {place.iri: place.pref("en") for place in places.places}
    return SimpleNamespace(vocabulary=vocabulary, places=places, names=names)


@pytest.fixture(scope="session")
def encoders():
    """The encoder of each language, the exported one shared with all other tests."""
    folder = prepare_encoder(Path(os.environ["GOVKG_TEST_CACHE"]), lambda line: None)
    return {"en": load_embedder(folder).encode, "zh": StaticEncoder().encode}


@pytest.fixture(scope="session")
def extractor(ontology, encoders):
    return Extractor(ontology.vocabulary, ontology.places, Minter(), encoders)


@pytest.fixture
def read(tmp_path, ontology):
    """Reads files, given by name and text, as documents by path."""

    def reading(**files):
        folder = tmp_path / "corpus"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        found = read_corpus(folder, ReadingContext(Minter(), ontology.places))
        return {document.path.removesuffix(".md"): document for document in found.documents}

    return reading


@pytest.fixture
def extract(read, extractor, ontology):
    """Extracts one Markdown text; triples are (subject, predicate, object) by short names."""

    def extracting(text):
        document = read(paper=text)["paper"]
        extraction = extractor.extract(document)
        names = ontology.names | {document.iri: "document"}
        names |= {practice.iri: "practice" for practice in extraction.practices}
        names |= {candidate.iri: "candidate" for candidate in extraction.candidates}
        claims = {
            (names[c.subject], c.predicate, names.get(c.object, c.object)): c
            for c in extraction.claims
        }
        return SimpleNamespace(document=document, extraction=extraction, claims=claims)

    return extracting

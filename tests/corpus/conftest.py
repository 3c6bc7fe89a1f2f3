from dataclasses import dataclass, field

import pytest

from govkg.corpus.reading import ReadingContext, read_corpus
from govkg.model.identifiers import Minter


@dataclass(frozen=True)
class Label:
    text: str
    language: str = "en"
    kind: str = "pref"


@dataclass(frozen=True)
class Place:
    iri: str
    code: str
    labels: tuple
    parent: str = ""


@dataclass(frozen=True)
class Places:
    places: tuple = field(default=())


def place(code, *labels, parent=""):
    iri = f"https://example.org/place-{code}"
    above = f"https://example.org/place-{parent}" if parent else ""
    return Place(iri, code, tuple(Label(label) for label in labels), above)


PLACES = Places(
    (
        place("CN", "China", "中国"),
        place("CN-BJ", "Beijing", "北京市", "北京", parent="CN"),
        place("CN-TW", "Taiwan", "台湾", parent="CN"),
        place("SG", "Singapore", "新加坡"),
    )
)


@pytest.fixture
def read(tmp_path):
    """Writes files into a corpus and reads it."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()

    def reading(cache=None, **files):
        for name, content in files.get("files", {}).items():
            path = corpus / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_corpus(corpus, ReadingContext(Minter(), PLACES, cache))

    reading.folder = corpus
    return reading

import pytest

from govkg.corpus.reading import ReadingContext, read_corpus
from govkg.model.identifiers import Minter
from govkg.ontology.labels import Label
from govkg.ontology.places import Place, Places


def place(code, kind, *labels, parent=""):
    return Place(
        iri=f"https://example.org/place-{code}",
        code=code,
        labels=tuple(Label(label, "en" if label.isascii() else "zh", "pref") for label in labels),
        kind=kind,
        country=code[:2],
        parent=f"https://example.org/place-{parent}" if parent else "",
    )


PLACES = Places(
    (
        place("CN", "country", "China", "中国"),
        place("CN-BJ", "region", "Beijing", "北京市", parent="CN"),
        place("CN-TW", "region", "Taiwan", "台湾", parent="CN"),
        place("SG", "country", "Singapore", "新加坡"),
    )
)


@pytest.fixture
def read(tmp_path):
    """Writes files into a corpus and reads it."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()

    def reading(files=(), cache=None):
        for name, content in dict(files).items():
            path = corpus / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_corpus(corpus, ReadingContext(Minter(), PLACES, cache))

    reading.folder = corpus
    return reading

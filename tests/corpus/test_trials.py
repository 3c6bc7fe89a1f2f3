import os
from pathlib import Path

import pytest

from govkg.corpus.reading import ReadingContext, read_corpus
from govkg.model.identifiers import Minter
from govkg.ontology.places import Places

TRIALS = os.environ.get("GOVKG_TRIALS")


@pytest.mark.trials
@pytest.mark.skipif(not TRIALS, reason="GOVKG_TRIALS does not name the trial documents")
def test_every_trial_file_is_accounted_for_and_every_passage_is_its_slice():
    folder = Path(TRIALS) / "documents"
    reading = read_corpus(folder, ReadingContext(Minter(), Places()))
    assert [row.path for row in reading.rows] == sorted(path.name for path in folder.iterdir())
    assert all(row.outcome == "ingested" and row.documents for row in reading.rows)
    for document in reading.documents:
        assert document.title and document.passages
        for passage in document.passages:
            assert document.text[passage.start : passage.end] == passage.text
            section = document.sections[passage.section]
            assert section.start <= passage.start and passage.end <= section.end

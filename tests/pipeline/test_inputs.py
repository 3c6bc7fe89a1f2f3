"""What a cached thing depends on is in its key."""

from pathlib import Path

from govkg.pipeline import documents
from govkg.pipeline.inputs import PART_MAKERS, code_hash

PACKAGE = Path(documents.__file__).parents[1]


def test_the_module_that_writes_a_cached_part_is_hashed_into_its_key() -> None:
    own = Path(documents.__file__).relative_to(PACKAGE).as_posix()
    assert own in PART_MAKERS
    others = [maker for maker in PART_MAKERS if maker != own]
    assert code_hash(PART_MAKERS) != code_hash(others)

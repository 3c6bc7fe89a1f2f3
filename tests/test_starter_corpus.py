"""The starter corpus keeps its promises to the reader, document by document."""

import pytest

from tests.starter_check import Written, faults, starter_documents


def test_every_document_has_its_fields_its_quotations_and_prose_of_its_own() -> None:
    assert faults() == []


def written(language: str, body: str, **front: object) -> Written:
    return Written(starter_documents()[0].path, {"language": language, **front}, body)


@pytest.mark.parametrize(
    ("language", "body", "frames"),
    [
        ("en", "# A title of nine words that is not counted\n\nOne two three four five.", []),
        ("en", "The street office met the owners on every Monday.", [
            "the street office met the owners on every",
            "street office met the owners on every monday",
        ]),
        ("zh", "街道每逢周一与业主开会，商量停车。", []),
        ("zh", "街道每逢周一与业主开会商量停车", [
            "街道每逢周一与业主开会商量停",
            "道每逢周一与业主开会商量停车",
        ]),
    ],
)  # fmt: skip
def test_a_frame_is_eight_words_or_fourteen_characters_in_a_row(
    language: str, body: str, frames: list[str]
) -> None:
    assert list(written(language, body).frames()) == frames


def test_titles_and_names_are_no_frames() -> None:
    body = (
        "根据《关于加强和改进城市基层党的建设工作的意见》，某某市住房和城乡建设管理委员会发了通知。"
    )

    one = written("zh", body, issuer="某某市住房和城乡建设管理委员会")

    assert list(one.frames()) == []

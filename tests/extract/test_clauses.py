"""A sentence is cut where one grievance ends and the next begins."""

import pytest

from govkg.extract.clauses import clauses


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("维修资金被挪用，公共收益不公开，停车难。", "zh", ["维修资金被挪用", "公共收益不公开"]),
        ("居民参与度低。", "zh", []),
        (
            "Funds are misused, services are poor and nobody answers because staff are few.",
            "en",
            ["Funds are misused", "services are poor", "staff are few"],
        ),
        ("Owners do not pay.", "en", []),
    ],
)
def test_pieces_long_enough_to_say_something_are_clauses(text, language, found):
    assert clauses(text, language) == found

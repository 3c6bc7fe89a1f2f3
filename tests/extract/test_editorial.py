"""What an editor signs in front matter rests on a sentence of the document."""

import pytest

from govkg.errors import CorpusError

TEXT = """---
problems: [{problem}]
countermeasures: [cm-parking]
evidence:
  pb-parking: {quote}
  cm-parking: 院里推行了错时停车
---
# 院落

早年没有地方停车，邻里常有口角。后来院里推行了错时停车，口角少了。

## 参考文献

《院落停车研究》，北岸出版社2012年版，全书共分十二章论述。
"""


def signed(problem="pb-parking", quote="早年没有地方停车"):
    return TEXT.format(problem=problem, quote=quote)


def test_each_signed_concept_is_a_claim_with_its_quotation(extract):
    found = extract(signed())
    piece = found.claims["document", "states", "pb-parking"].best
    assert (piece.quote, piece.basis, piece.status, piece.confidence) == (
        "早年没有地方停车", "editorial", "diagnosis", 0.9,
    )  # fmt: skip
    measure = found.claims["document", "states", "cm-parking"].best
    assert (measure.quote, measure.status) == ("院里推行了错时停车", "recommendation")
    joined = found.claims["cm-parking", "addresses", "pb-parking"].best
    assert (joined.quote, joined.basis, joined.confidence) == (
        "院里推行了错时停车",
        "editorial",
        0.9,
    )


def test_what_is_signed_in_a_practice_is_practice(extract):
    found = extract(signed().replace("---\n", "---\npractice: yard\n", 1))
    assert found.claims["document", "states", "cm-parking"].best.status == "practice"
    tried = found.claims["practice", "implements", "cm-parking"].evidence
    assert [piece.confidence for piece in tried if piece.basis == "editorial"] == [0.9]


@pytest.mark.parametrize(
    ("problem", "quote", "said"),
    [
        ("pb-nothing", "早年没有地方停车", "unknown concept id 'pb-nothing'"),
        ("pb-parking", "''", "no sentence of the document is quoted as evidence for pb-parking"),
        ("pb-parking", "院里能停百辆车", "quoted for pb-parking does not stand in the text"),
        (
            "pb-parking",
            "《院落停车研究》",
            "pb-parking stands in a heading or a reference",
        ),
    ],
)
def test_an_unknown_id_or_a_missing_quotation_says_what_is_wrong_and_where(
    extract, problem, quote, said
):
    with pytest.raises(CorpusError) as caught:
        extract(signed(problem, quote))
    assert said in str(caught.value)
    assert "paper.md" in str(caught.value)


LINKED = """---
problems: [pb-parking, pb-disputes]
causes: [ca-urbanisation]
countermeasures: [cm-parking]
evidence:
  pb-parking: 早年没有地方停车
  pb-disputes: 邻里常有口角
  ca-urbanisation: 城区扩得太快
  cm-parking: 院里推行了错时停车
links:
- from: pb-parking
  to: ca-urbanisation
  quote: 早年没有地方停车，是因为城区扩得太快
- from: cm-parking
  to: {end}
  quote: 为了少些口角，院里推行了错时停车
---
# 院落

早年没有地方停车，是因为城区扩得太快，邻里常有口角。为了少些口角，院里推行了错时停车。
"""


def test_a_signed_link_joins_the_two_that_it_names_and_no_others(extract):
    found = extract(LINKED.format(end="pb-disputes"))
    cause = found.claims["pb-parking", "hasCause", "ca-urbanisation"].best
    assert (cause.quote, cause.basis, cause.status, cause.confidence) == (
        "早年没有地方停车，是因为城区扩得太快", "editorial", "diagnosis", 0.9,
    )  # fmt: skip
    answer = found.claims["cm-parking", "addresses", "pb-disputes"].best
    assert (answer.quote, answer.status) == ("为了少些口角，院里推行了错时停车", "recommendation")
    # Meant for the parking problem as a rule; this editor says what it answered here.
    assert ("cm-parking", "addresses", "pb-parking") not in {
        key for key, claim in found.claims.items() if claim.best.basis == "editorial"
        and claim.best.confidence == 0.9
    }  # fmt: skip


def test_a_link_between_other_kinds_is_one_clear_error(extract):
    with pytest.raises(CorpusError) as error:
        extract(LINKED.format(end="ca-urbanisation"))
    assert "a link from cm-parking to ca-urbanisation in the front matter" in str(error.value)

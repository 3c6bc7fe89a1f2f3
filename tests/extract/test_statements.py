"""Statements are sentences at their place in the document."""

from govkg.extract.statements import read_statements

TEXT = """# Yard

## Problems

Owners refuse to pay. The accounts lack transparency, and nobody answers questions about them.

停车难是居民反映最多的问题。公共收益没有公开。

## References

[1] A. Writer, Yards of the north, Northern Press, 2012, with many pages about problems.
"""


def test_every_statement_is_the_text_between_its_offsets(read):
    document = read(paper=TEXT)["paper"]
    statements = read_statements(document)
    assert all(document.text[s.start : s.end] == s.text for s in statements)
    assert statements[0].text == "Owners refuse to pay."
    assert {s.role for s in statements} == {"problem"}
    assert [s.start for s in statements] == sorted(s.start for s in statements)


def test_the_list_of_references_gives_no_statement(read):
    assert not [s for s in read_statements(read(paper=TEXT)["paper"]) if "Writer" in s.text]


def test_a_reference_entry_among_prose_gives_no_statement(read):
    text = (
        "# Yard\n\n## Experience\n\nThe committee opened its accounts to all owners.\n\n"
        "[2] B. Writer, Owners and costs, Journal of Yards, 2015, on lack of transparency.\n"
    )
    found = [s.text for s in read_statements(read(paper=text)["paper"])]
    assert found == ["The committee opened its accounts to all owners."]


def test_a_question_and_a_clause_on_why_a_law_is_made_assert_nothing(read):
    text = (
        "# 院规\n\n是不是因为停车难才没有人来开会？为了解决停车难，制定本办法。"
        "停车难很突出，没有车位。\n"
    )
    found = {s.text: s.asserts for s in read_statements(read(paper=text)["paper"])}
    assert found == {
        "是不是因为停车难才没有人来开会？": False,
        "为了解决停车难，制定本办法。": False,
        "停车难很突出，没有车位。": True,
    }

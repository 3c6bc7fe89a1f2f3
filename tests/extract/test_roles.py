"""Sections get their role from headings in both languages."""

import pytest

from govkg.extract.roles import heading_role, section_role, section_roles
from govkg.model.document import Section


def role(*path):
    return section_role(Section(path, len(path), 0, 0))


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("3.2 Problems of owners' committees", "problem"),
        ("Challenges", "problem"),
        ("三、存在的主要问题", "problem"),
        ("（二）治理困境", "problem"),
        ("Causes of low participation", "cause"),
        ("Why residents stay away", "cause"),
        ("问题的成因分析", "cause"),
        ("影响居民参与的因素", "cause"),
        ("Recommendations", "countermeasure"),
        ("四、对策建议", "countermeasure"),
        ("主要措施", "countermeasure"),
        ("Measures taken", "practice"),
        ("采取的措施", "practice"),
        ("Experience of Lisbon", "practice"),
        ("经验做法", "practice"),
        ("How it Works", "practice"),
        ("Results", "outcome"),
        ("取得的成效", "outcome"),
        ("2018年工作回顾", "outcome"),
        ("References", "apparatus"),
        ("参考文献", "apparatus"),
        ("Further reading and links", "apparatus"),
    ],
)
def test_a_heading_announces_its_role(heading, expected):
    assert heading_role(heading) == expected


@pytest.mark.parametrize(
    "heading",
    [
        "The courtyard",
        "院落简史",
        "Problems and countermeasures",
        "问题与对策",
        "Why participate",
        "增强文明传播力影响力",
        "巩固改造成果",
        "Resources needed by a committee",
    ],
)
def test_a_heading_that_announces_nothing_or_two_things_has_no_role(heading):
    assert heading_role(heading) is None


@pytest.mark.parametrize(
    "heading", ["Current situation and problems", "现状及存在的问题", "Problems and Purpose"]
)
def test_problems_beside_a_situation_or_a_purpose_are_problems(heading):
    assert heading_role(heading) == "problem"


def test_a_subsection_of_causes_stays_a_cause_and_one_of_references_is_never_quoted():
    assert role("成因分析", "居民参与不足") == "cause"
    assert role("Causes", "Lack of training") == "cause"
    assert role("References", "Case studies") == "apparatus"
    assert role("对策", "破解停车难题") == "countermeasure"


def test_the_innermost_heading_counts_and_a_silent_one_inherits():
    assert role("Experience of Lisbon", "Problems") == "problem"
    assert role("Challenges", "The courtyard") == "problem"
    assert role("The courtyard") == "other"
    assert role() == "other"


def test_the_title_of_the_document_gives_no_role(read):
    document = read(
        paper="# Problems of courtyard governance\n\nIt has a history of many years.\n\n"
        "## The yard\n\nThe yard was built in the north of the town.\n"
    )["paper"]
    assert set(section_roles(document)) == {"other"}

"""From a question's words to passages, over the small index of the whole chain."""

import pytest

from govkg.knowledge_base import KnowledgeBase

LAW = "上海市住宅物业管理规定"


def test_the_article_that_a_question_names_comes_first(base: KnowledgeBase) -> None:
    law = next(d for d in base.corpus.documents if d.key == "sh-property-reg-zh")
    sections = [base.corpus.passages[row].section for row in base.corpus.passages_of[law.iri]]
    article = next(s[-1] for s in sections if s and s[-1].startswith("第"))
    hit = base.ask(f"《{law.title}》{article}说了什么").passages[0]
    assert (hit.document, hit.section.split(" > ")[-1]) == (law.iri, article)
    assert hit.found_by[0] == "named"


@pytest.mark.parametrize("question", [f"《{LAW}》说业主怎么办", f"{LAW}里业主有什么义务"])
def test_the_law_that_a_question_names_comes_before_others(
    base: KnowledgeBase, question: str
) -> None:
    first = base.ask(question).passages[0]
    assert base.corpus.document[first.document].key == "sh-property-reg-zh"


def test_a_law_that_nobody_has_is_named_as_missing(base: KnowledgeBase) -> None:
    answer = base.ask("《反家庭暴力法》规定物业公司要做什么？")
    assert (answer.outcome, answer.reason) == ("not_found", "not_in_corpus")
    assert answer.missing == ("反家庭暴力法",)
    assert answer.related


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("赵文斌书记对物业服务说过什么", "赵文斌"),
        ("What did Harold Pemberton say about property management?", "Harold Pemberton"),
    ],
)
def test_a_person_whom_no_document_names_is_said_to_be_missing(
    base: KnowledgeBase, question: str, missing: str
) -> None:
    answer = base.ask(question)
    assert (answer.outcome, answer.missing) == ("not_found", (missing,))


def test_a_misspelt_question_finds_what_the_right_one_finds(base: KnowledgeBase) -> None:
    wrong, right = base.ask("业住委员会怎么成立"), base.ask("业主委员会怎么成立")
    assert wrong.understood.corrections == ({"written": "业住委员会", "read": "业主委员会"},)
    assert right.understood.corrections == ()
    assert [h.passage for h in wrong.passages] == [h.passage for h in right.passages]


def test_traditional_characters_find_what_simplified_ones_find(base: KnowledgeBase) -> None:
    one, other = base.ask("物業服務質量差怎麼辦"), base.ask("物业服务质量差怎么办")
    assert [h.passage for h in one.passages] == [h.passage for h in other.passages]


def test_a_comparison_lays_both_places_side_by_side(base: KnowledgeBase) -> None:
    answer = base.ask("新加坡和香港的物业管理有什么区别")
    assert [side.label.zh for side in answer.comparison] == ["新加坡", "香港"]
    assert [p.label.en for p in answer.comparison[0].practices] == ["Town Councils in Singapore"]
    cited = {c.n for c in answer.citations}
    assert {n for s in answer.comparison for p in s.practices for n in p.citations} <= cited
    assert base.ask("物业服务质量差怎么办").comparison == ()


def test_the_answer_says_what_it_looked_for_in_english(base: KnowledgeBase) -> None:
    understood = base.ask("业主委员会怎么成立").understood
    assert "committee" in understood.translations["业主委员会"]
    assert base.ask("How is an owners' committee set up?").understood.translations == {}

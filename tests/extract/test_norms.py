"""What the articles of a law lay down, against what, and what becomes of it as claims."""

import pytest

from govkg.extract.articles import read_articles
from govkg.extract.breaches import WORDED, breaches
from govkg.extract.norm_claims import MEASURES, LaidDown, laid_down
from govkg.extract.norm_labels import measure_label
from govkg.extract.norms import read_norms
from govkg.model.identifiers import Minter
from govkg.ontology.vocabulary import Vocabulary

# A law in our own words; its wording is that of the trade, its content is nobody's.
LAW = """---
type: regulation
language: zh
---

# 青溪市住宅区管理条例

第一条 为了规范住宅区管理活动，维护业主合法权益，制定本条例。

第二条 本条例适用于本市行政区域内的住宅区管理活动。

第三条 本条例所称共有部分，是指专有部分以外的道路、绿地等部分。

第四条 业主逾期不交纳物业费的，业主委员会应当督促其限期交纳；仍不交纳的，物业服务企业可以起诉。

第五条 任何单位和个人不得占用、堵塞消防车通道。

住户饲养犬只不得干扰他人正常生活。

违反前款规定的，由公安机关责令改正，可以处二百元以上五百元以下罚款。

第六条 住宅区内禁止下列行为：

（一）擅自占用共有部分堆放杂物；

（二）从建筑物中抛掷物品。

第七条 业主之间因共有部分的使用发生争议的，可以向人民调解委员会申请调解。

第八条 业主委员会应当每半年公布一次公共收益的收支情况。

第九条 具体办法由市人民政府制定。

第十条 本条例自2024年5月1日起施行。
"""
ENGLISH = """---
type: law
language: en
---

# Willow Street Homes Act

Article 1
This Act is enacted to improve the management of shared homes.

Article 2
If an owner fails to pay the management fee within two months, the committee shall urge payment and
may sue for the sum with interest.

Article 3
Residents may not discard garbage in the hallways.
If any resident should violate the preceding paragraph, the manager shall stop the act.

Article 4
The competent authority referred to in this Act shall be the town council.
"""


@pytest.fixture
def norms(read):
    """The norms of a law as (article, kind, condition, consequence)."""

    def reading(text):
        document = read(law=text)["law"]
        return [
            (article.label, norm.kind, norm.condition, norm.consequence)
            for article in read_articles(document)
            for norm in read_norms(article)
        ]

    return reading


@pytest.fixture
def claims(read, extractor, ontology):
    """The claims of a law: (label of the passage, subject, predicate, object, quote)."""

    def reading(text):
        document = read(law=text)["law"]
        extraction = extractor.extract(document)
        names = dict(ontology.names) | {document.iri: "law"}
        names |= {one.iri: one.label for one in extraction.candidates}
        labels = {passage.iri: passage.label for passage in document.passages}
        return {
            (labels[piece.passage], names[c.subject], c.predicate, names[c.object]): piece
            for c in extraction.claims
            for piece in c.evidence
        }

    return reading


def test_purpose_scope_definition_delegation_and_date_are_no_norms(norms) -> None:
    found = {label for label, *_ in norms(LAW)}
    assert found == {"第四条", "第五条", "第六条", "第七条", "第八条"}


def test_a_remedy_keeps_the_later_stages_of_its_case(norms) -> None:
    assert norms(LAW)[0] == (
        "第四条",
        "remedy",
        "业主逾期不交纳物业费的",
        "业主委员会应当督促其限期交纳；仍不交纳的，物业服务企业可以起诉。",
    )


def test_a_penalty_for_the_preceding_paragraph_is_against_what_that_forbids(norms) -> None:
    assert norms(LAW)[3] == (
        "第五条",
        "remedy",
        "住户饲养犬只不得干扰他人正常生活。",
        "由公安机关责令改正，可以处二百元以上五百元以下罚款。",
    )


def test_each_item_of_a_list_of_forbidden_acts_is_a_prohibition(norms) -> None:
    assert [x[1:3] for x in norms(LAW) if x[0] == "第六条"] == [
        ("prohibition", "擅自占用共有部分堆放杂物"),
        ("prohibition", "从建筑物中抛掷物品"),
    ]


def test_english_statutes_are_read_alike(norms) -> None:
    assert [(label, kind) for label, kind, *_ in norms(ENGLISH)] == [
        ("Article 2", "remedy"),
        ("Article 3", "prohibition"),
        ("Article 3", "remedy"),
    ]


def test_a_law_addresses_problems_and_states_none(claims) -> None:
    found = claims(LAW)
    assert ("第四条", "cm-fee-collection", "addresses", "pb-fee-arrears") in found
    assert ("第七条", "cm-mediation", "addresses", "pb-disputes") in found
    assert not {key for key in found if key[2] == "states" and key[3].startswith("pb-")}


def test_the_evidence_is_the_sentence_of_the_article_with_status_norm(claims) -> None:
    piece = claims(LAW)["第七条", "cm-mediation", "addresses", "pb-disputes"]
    assert piece.quote == ("业主之间因共有部分的使用发生争议的，可以向人民调解委员会申请调解。")
    assert (piece.status, piece.basis) == ("norm", "explicit")


def test_what_fits_no_measure_becomes_a_candidate_with_a_short_name(claims) -> None:
    found = claims(LAW)
    assert ("第五条", "不得占用、堵塞消防车通道", "addresses", "pb-safety") in found
    assert ("第六条", "禁止从建筑物中抛掷物品", "addresses", "pb-safety") in found


def test_a_second_paragraph_has_the_number_of_its_article(claims) -> None:
    found = claims(LAW)
    assert ("第五条", "cm-enforcement", "addresses", "pb-pets") in found
    piece = found["第五条", "cm-enforcement", "addresses", "pb-pets"]
    assert piece.quote.startswith("住户饲养犬只") and piece.quote.endswith("罚款。")


def test_english_evidence_has_the_number_of_its_article(claims) -> None:
    found = claims(ENGLISH)
    assert ("Article 2", "cm-fee-collection", "addresses", "pb-fee-arrears") in found
    assert ("Article 3", "stop the act", "addresses", "pb-waste") in found


def test_a_law_on_a_measure_is_no_evidence_of_it_in_every_article(claims) -> None:
    articles = "\n\n".join(
        f"第{number}条 志愿服务组织应当按照规定组织志愿者开展志愿服务活动，做好第{number}项记录。"
        for number in "一二三四五六七八九"
    )
    found = claims(f"---\ntype: law\n---\n\n# 青溪市志愿服务条例\n\n{articles}\n")
    assert len([key for key in found if key[3] == "cm-volunteer"]) == 3


def test_the_same_law_gives_the_same_claims_again(claims) -> None:
    assert claims(LAW) == claims(LAW)


def test_an_item_in_a_passage_apart_from_its_lead_in_is_quoted_alone_and_less_sure(
    read, ontology
) -> None:
    items = "\n\n".join(
        f"（{number}）擅自占用共有部分堆放杂物，" + "长期不清理，" * 12 + "影响通行的；"
        for number in "一二三四五六七八"
    )
    law = f"第一条 有下列行为之一的，由区房屋管理部门责令限期改正：\n\n{items}\n\n第二条 略。"
    document = read(law=f"---\ntype: law\n---\n\n# 青溪市住宅区办法\n\n{law}\n")["law"]
    norms = [norm for article in read_articles(document) for norm in read_norms(article)]
    together = {norm.whole for norm in norms}
    assert together == {True, False}
    apart = next(norm for norm in norms if not norm.whole)
    assert document.text[apart.start : apart.end].startswith("（")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("业主拖欠物业服务费的", "zh", ("pb-fee-arrears",)),
        ("业主交纳物业费的方式", "zh", ()),
        ("挪用专项维修资金的", "zh", ("pb-maintenance-fund",)),
        ("业主委员会不履行职责的", "zh", ("pb-oc-misconduct",)),
        ("对管辖权发生争议的", "zh", ("pb-unclear-duties",)),
        ("owners in arrears with common charges", "en", ("pb-fee-arrears",)),
        ("no management committee", "en", ("pb-oc-formation",)),
        ("the management committee meets twice a year", "en", ()),
    ],
)
def test_a_breach_is_known_by_its_verb_and_object(text, language, expected) -> None:
    assert breaches(text, language) == expected


def test_a_vocabulary_of_other_concepts_is_addressed_by_nothing(read) -> None:
    document = read(law=LAW)["law"]

    class Nothing:
        def link(self, texts, language):
            return [() for _ in texts]

    assert laid_down(document, Nothing(), Vocabulary(()), Minter()) == LaidDown()


def test_every_breach_and_measure_worded_is_a_concept_of_the_vocabulary(ontology) -> None:
    notations = {concept.notation for concept in ontology.vocabulary.concepts}
    assert set(WORDED) <= notations
    assert {name for name, *_ in MEASURES} <= notations
    assert {problem for _, problems, _ in MEASURES for problem in problems} <= notations


def test_a_label_names_no_agent_and_no_sums(read) -> None:
    text = "第一条 住户养犬干扰他人休息的，由区公安机关责令改正，处二百元以上五百元以下罚款。"
    document = read(law=f"---\ntype: law\n---\n\n# 青溪市养犬规定\n\n{text}\n\n第二条 略。\n")[
        "law"
    ]
    norms = [norm for article in read_articles(document) for norm in read_norms(article)]
    assert [measure_label(norm) for norm in norms] == ["责令改正，处罚款"]

"""What is said twice counts once; who copies, translates or reprints bears nothing out."""

from dataclasses import replace

from govkg.graph.repetition import repetition_quads
from govkg.model.claim import Claim, Evidence, Predicate
from govkg.model.document import Document, Language, Passage, Section
from govkg.model.identifiers import DEFAULT_BASE, Minter

MINT = Minter(DEFAULT_BASE)
MEASURE, PROBLEM = MINT("countermeasure", "cm-digital"), MINT("problem", "pb-low-participation")
INFERRED = f"<{DEFAULT_BASE}graph-inferred>"
# From corpus/documents/practices/barcelona-decidim-en.md and laws/bj-12345-reg-zh.md.
PLATFORM = (
    "In order that citizens can propose, debate and decide, Barcelona opened the online platform "
    "Decidim on 1 February 2016, with source code that all may inspect and reuse."
)
CARRIED = (
    "When the process, stopped by the pandemic, was taken up again in March 2021, 39,433 voted."
)
FORUM = "街道用民主协商和网格主动发现、解决问题；居委会通过议事会、业委会、物管会了解居民需求。"
CALLS = "市、区对反映集中的高频共性问题专题治理，定主责单位，三级联动。"


def document(key: str, *sentences: str, language: Language = "en", **known: str) -> Document:
    """A document with a passage for each sentence."""
    text = "\n".join(sentences)
    passages, start = [], 0
    for sentence in sentences:
        end = start + len(sentence)
        passages.append(
            Passage(MINT("passage", key, str(start)), 0, "", start, end, sentence, language)
        )
        start = end + 1
    return replace(
        Document(
            iri=MINT("document", key),
            key=key,
            path=f"{key}.md",
            title=key,
            language=language,
            text=text,
            sections=(Section((), 0, 0, len(text)),),
            passages=tuple(passages),
        ),
        **known,
    )


def evidence(document: Document, number: int = 0, **known: object) -> Evidence:
    """A passage of a document, quoted whole."""
    passage = document.passages[number]
    piece = Evidence(
        iri=MINT("evidence", document.key, str(number)),
        document=document.iri,
        passage=passage.iri,
        quote=passage.text,
        start=passage.start,
        end=passage.end,
        basis="explicit",
        status="practice",
        confidence=0.9,
    )
    return replace(piece, **known)


def claim(*pieces: Evidence, subject: str = MEASURE, predicate: Predicate = "addresses") -> Claim:
    return Claim(MINT("claim", subject, predicate), subject, predicate, PROBLEM, pieces)


def counts(documents: list[Document], *claims: Claim) -> list[tuple[int, int]]:
    """Statements and independent documents of each claim."""
    lines = repetition_quads(documents, claims, DEFAULT_BASE)

    def count(name: str, this: Claim) -> int:
        start = f"<{this.iri}> <https://w3id.org/govkg/def#{name}> "
        (line,) = [line for line in lines if line.startswith(start)]
        return int(line.removeprefix(start).split('"')[1])

    return [(count("statementCount", c), count("corroboration", c)) for c in claims]


def links(documents: list[Document], *claims: Claim) -> list[tuple[str, str, str]]:
    """What repeats what, by the local names of all three."""
    lines = repetition_quads(documents, claims, DEFAULT_BASE)
    terms = [line.split(" ") for line in lines if '"' not in line]
    assert {graph for *_, graph, _ in terms} <= {INFERRED}
    return [
        (s[1:-1], p.rsplit("/", 1)[-1][:-1].replace("def#", ""), o[1:-1]) for s, p, o, *_ in terms
    ]


def test_two_documents_with_words_of_their_own_bear_a_claim_out() -> None:
    one, other = document("one", PLATFORM), document("other", CARRIED)

    assert counts([one, other], claim(evidence(one), evidence(other))) == [(2, 2)]
    assert links([one, other], claim(evidence(one), evidence(other))) == []


def test_a_sentence_repeated_in_its_document_is_one_statement_of_one_document() -> None:
    paper = document("paper", PLATFORM, CARRIED, PLATFORM.replace("2016, with", "2016 with"))
    said = claim(evidence(paper, 0), evidence(paper, 2))

    assert counts([paper], said) == [(1, 1)]
    assert links([paper], said) == [
        (evidence(paper, 2).iri, "repeats", evidence(paper, 0).iri),
        (paper.passages[2].iri, "repeats", paper.passages[0].iri),
    ]


def test_a_report_that_quotes_a_law_is_another_document_but_bears_nothing_out() -> None:
    law = document("a-law", FORUM, CALLS, language="zh")
    report = document(
        "report",
        "自己难以协调的，可以报市、区政府或主管部门；属于在京中央单位职责的，市里把情况转过去，推动办理。",
        "考评以响应率、解决率、满意率为核心，实行分类考评，标准要听街道和公众意见。",
        FORUM,
        language="zh",
    )
    said = claim(evidence(law), evidence(report, 2))

    assert counts([report, law], said) == [(1, 1)]
    assert (report.iri, "prov#alternateOf", law.iri) not in links([report, law], said)


def test_a_reprint_is_no_second_source_whatever_it_is_quoted_with() -> None:
    page = document("page", FORUM, CALLS, language="zh")
    record = document("record", "转载。", FORUM, CALLS, language="zh")
    said = claim(evidence(page, 0), evidence(record, 2))

    assert counts([page, record], said) == [(2, 1)]
    assert (record.iri, "prov#alternateOf", page.iri) in links([page, record], said)


def test_versions_of_a_work_and_of_an_act_are_one_source_and_yearly_reports_are_not() -> None:
    said = {"title": "政府工作报告", "issuer": "国务院", "type": "report"}
    english = document("en", PLATFORM, work="decidim")
    chinese = document("zh", FORUM, language="zh", work="decidim")
    act = {"title": "物业管理条例", "issuer": "国务院", "type": "regulation"}
    old = document("old", FORUM, language="zh", date="2007-08-26", **act)
    new = document("new", CALLS, language="zh", date="2018-03-19", **act)
    first = document("first", FORUM, language="zh", date="2019", **said)
    second = document("second", CALLS, language="zh", date="2024-03-05", **said)

    for one, other, number in ((english, chinese, 1), (old, new, 1), (first, second, 2)):
        both = claim(evidence(one), evidence(other))
        assert counts([one, other], both) == [(2, number)]


def test_what_many_documents_have_by_themselves_makes_none_a_reprint() -> None:
    one = document("one", "各位代表：", language="zh")
    other = document("other", "各位代表！", language="zh")

    assert counts([one, other], claim(evidence(one), evidence(other))) == [(2, 2)]


def test_doubtful_and_rejected_quotations_bear_nothing_out() -> None:
    one, other, third = (
        document("one", PLATFORM),
        document("other", CARRIED),
        document("third", "Residents propose, endorse and vote."),
    )
    said = claim(
        evidence(one), evidence(other, confidence=0.49), evidence(third, review="rejected")
    )

    assert counts([one, other, third], said) == [(2, 1)]
    doubted = claim(evidence(other, confidence=0.49))
    assert counts([one, other, third], doubted) == [(1, 0)]


def test_documents_that_state_a_concept_bear_each_other_out() -> None:
    one, other = document("one", PLATFORM), document("other", CARRIED)
    stated = [claim(evidence(d), subject=d.iri, predicate="states") for d in (one, other)]

    assert counts([one, other], *stated) == [(1, 2), (1, 2)]


def test_the_first_document_by_path_leads_whatever_its_claims_are_called() -> None:
    first, later = document("a", FORUM, language="zh"), document("b", FORUM, language="zh")
    for one, other in ((first, later), (later, first)):
        stated = [claim(evidence(d), subject=d.iri, predicate="states") for d in (one, other)]
        assert (evidence(later).iri, "repeats", evidence(first).iri) in links([one, other], *stated)


def test_words_that_overlap_are_one_statement() -> None:
    paper = document("paper", PLATFORM)
    start = PLATFORM.index("Barcelona")
    part = evidence(paper, iri=MINT("evidence", "part"), quote=PLATFORM[start:], start=start)

    assert counts([paper], claim(evidence(paper), part)) == [(1, 1)]


def test_the_order_in_which_documents_are_given_decides_nothing() -> None:
    one, other = document("one", PLATFORM, CARRIED), document("other", CARRIED, PLATFORM)
    said = claim(evidence(one), evidence(other, 1))

    assert repetition_quads([one, other], [said], DEFAULT_BASE) == repetition_quads(
        [other, one], [said], DEFAULT_BASE
    )

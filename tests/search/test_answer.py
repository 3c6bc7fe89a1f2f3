"""Answers over a small world: chosen, cited, shelved, or refused, and the same every time."""

from dataclasses import replace

import pytest

from govkg.model.answer import Answer, FoundPractice
from govkg.search.answer import Composer
from govkg.search.question import Question
from govkg.search.refusal import Missing, Support
from govkg.search.retrieve import Ranked
from tests.search.world import World, asked, iri, littered

SURE = Support(concept=1.0, own=0.9, other=0.0, unknown=0.0)
LITTER = asked(("pb-litter", 1.0))
KEYS = [
    "question", "language", "build", "outcome", "reason", "missing", "summary", "understood",
    "problems", "causes", "countermeasures", "practices", "passages", "related", "citations",
    "sparql", "conflicts", "comparison",
]  # fmt: skip


def compose(
    world: World,
    question: Question = LITTER,
    rows: tuple[int, ...] = (0, 4),
    limit: int = 10,
    support: Support = SURE,
    missing: tuple[str, ...] = (),
) -> Answer:
    ranked = [Ranked(row, 1.0 / (n + 1), ("words",)) for n, row in enumerate(rows)]
    links = world.linker().link(question)
    composer = Composer(world.known(), question, limit)
    sides = world.linker().sides(question)
    return composer.compose(links, ranked, support, Missing(places=missing), sides)


def iris(items: tuple[FoundPractice, ...]) -> list[str]:
    return [item.iri for item in items]


def test_the_keys_are_those_of_the_contract() -> None:
    body = compose(littered()).to_json()
    assert list(body) == KEYS
    assert list(body["understood"]) == [
        "language",
        "facets",
        "concepts",
        "corrections",
        "translations",
    ]
    assert list(body["practices"]) == ["domestic", "overseas"]
    found = ["iri", "notation", "label", "score", "claims", "citations", "corroboration"]
    assert list(body["problems"][0]) == found
    assert list(body["problems"][0]["claims"][0]) == [
        "subject", "predicate", "object", "basis", "status", "confidence", "citations",
        "corroboration",
    ]  # fmt: skip
    assert list(body["practices"]["domestic"][0]) == [
        *found, "place", "setting", "years", "actors", "measures", "results", "conditions",
        "responds_to", "verification",
    ]  # fmt: skip
    assert list(body["passages"][0]) == [
        "rank", "score", "document", "path", "title", "section", "passage", "text", "language",
        "found_by", "duplicates", "citation",
    ]  # fmt: skip
    assert list(body["citations"][0]) == [
        "n", "document", "path", "section", "page", "quote", "start", "end", "sha256", "language",
        "duplicates",
    ]  # fmt: skip
    assert list(body["citations"][0]["document"]) == [
        "iri", "title", "type", "issuer", "date", "number", "validity", "effective",
        "superseded_by", "verification", "sources",
    ]  # fmt: skip


def test_a_refusal_has_the_same_keys_and_empty_lists() -> None:
    body = compose(littered(), support=Support(0.0, 0.0, 0.0, 1.0)).to_json()
    assert list(body) == KEYS
    assert (body["outcome"], body["reason"]) == ("not_found", "out_of_domain")
    assert body["practices"] == {"domestic": (), "overseas": ()}
    assert [body[k] for k in ("problems", "causes", "countermeasures", "passages")] == [()] * 4


def test_quotations_are_numbered_once_in_the_order_of_use() -> None:
    answer = compose(littered())
    assert [(citation.n, citation.quote) for citation in answer.citations] == [
        (1, "楼下总有人扔垃圾。"),
        (2, "Littering went on."),
        (3, "扔垃圾是因为垃圾桶不够。"),
        (4, "增设垃圾桶之后好多了。"),
        (5, "Osaka put up more bins."),
        (6, "社区应当组织志愿巡查。"),
        (7, "So did others."),
    ]
    assert answer.passages[0].citation == 1


def test_every_quotation_is_its_document_between_its_offsets() -> None:
    world = littered()
    text = {document.iri: document.text for document in world.documents}
    for citation in compose(world).citations:
        assert text[citation.document.iri][citation.start : citation.end] == citation.quote


def test_a_quotation_in_the_language_of_the_question_comes_first() -> None:
    first = {
        language: answer.citations[answer.countermeasures[0].citations[0] - 1].quote
        for language in ("zh", "en")
        for answer in [compose(littered(), replace(LITTER, language=language))]
    }
    assert first == {"zh": "增设垃圾桶之后好多了。", "en": "Osaka put up more bins."}


def test_practices_stand_at_home_or_abroad_and_hong_kong_stands_abroad() -> None:
    practices = compose(littered()).practices
    assert iris(practices.domestic) == [iri("chengdu-bins")]
    assert iris(practices.overseas) == [iri("osaka-bins"), iri("hongkong-bins")]
    hong_kong = practices.overseas[1].place
    assert (hong_kong.zh, hong_kong.country, hong_kong.region) == ("香港", "CN", "CN-HK")


@pytest.mark.parametrize(("setting", "counts"), [("domestic", (1, 0)), ("overseas", (0, 2))])
def test_a_setting_empties_the_other_shelf(setting: str, counts: tuple[int, int]) -> None:
    practices = compose(littered(), replace(LITTER, setting=setting)).practices
    assert (len(practices.domestic), len(practices.overseas)) == counts


def test_a_practice_without_a_label_in_a_language_has_that_of_the_other() -> None:
    practices = compose(littered()).practices
    assert (practices.domestic[0].label.zh, practices.domestic[0].label.en) == ("成都添桶",) * 2
    hong_kong = practices.overseas[1].label
    assert (hong_kong.zh, hong_kong.en) == ("香港添桶", "Bins in Hong Kong")


def test_of_two_practices_the_one_that_the_best_passage_tells_of_comes_first() -> None:
    world = littered()
    world.document("letter", "Reykjavik was littered, and put up bins.", language="en")
    world.practice("iceland-bins", "iceland", en="Bins in Iceland")
    world.claim("letter", "states", "pb-litter", "letter-0", status="diagnosis")
    world.claim("iceland-bins", "implements", "cm-bins", "letter-0", confidence=0.7)
    letter = len(world.passages) - 1

    first = {
        rows: iris(compose(world, rows=rows).practices.overseas)[0] for rows in ((), (letter, 0))
    }

    assert first == {(): iri("osaka-bins"), (letter, 0): iri("iceland-bins")}


def test_what_shares_one_measure_only_is_not_shelved_behind_a_near_relative() -> None:
    world = littered()
    world.document("elsewhere", "Reykjavik put up more bins.", language="en")
    world.practice("far-bins", "iceland", en="Bins far away")
    world.claim("far-bins", "implements", "cm-bins", "elsewhere-0")
    assert iri("far-bins") not in iris(compose(world).practices.overseas)


def test_a_practice_at_no_known_place_is_on_no_shelf() -> None:
    world = littered()
    world.practice("nowhere-bins", "atlantis", en="Bins nowhere")
    world.claim("nowhere-bins", "implements", "cm-bins", "record-2")
    practices = compose(world).practices
    assert iri("nowhere-bins") not in iris((*practices.domestic, *practices.overseas))


@pytest.mark.parametrize("limit", [1, 50])
def test_the_limit_caps_each_list(limit: int) -> None:
    answer = compose(littered(), limit=limit, rows=tuple(range(6)))
    lengths = [
        len(items)
        for items in (
            answer.problems,
            answer.causes,
            answer.countermeasures,
            answer.practices.domestic,
            answer.practices.overseas,
            answer.passages,
        )
    ]
    assert lengths == ([1] * 6 if limit == 1 else [1, 1, 2, 1, 2, 6])


def test_the_same_words_elsewhere_are_folded_into_the_first_hit() -> None:
    world = littered()
    world.document("again", "楼下总有人扔垃圾。")
    world.repeats("again-0", "report-0")
    hits = compose(world, rows=(0, 7, 1), limit=2).passages
    assert [(hit.rank, hit.passage) for hit in hits] == [
        (1, iri("report-0")),
        (2, iri("report-1")),
    ]
    assert [again.passage for again in hits[0].duplicates] == [iri("again-0")]


def test_what_repeats_a_hit_is_listed_with_it_even_if_nothing_ranked_it() -> None:
    world = littered()
    world.document("again", "楼下总有人扔垃圾。")
    world.repeats("again-0", "report-0")

    first, later = (compose(world, rows=rows).passages for rows in ((0,), (7,)))

    assert [again.passage for again in first[0].duplicates] == [iri("again-0")]
    assert later[0].passage == iri("again-0")
    assert [(x.document, x.section, x.passage) for x in later[0].duplicates] == [
        (iri("report"), "report", iri("report-0"))
    ]


def test_a_repeated_sentence_is_cited_once_with_its_other_places() -> None:
    world = littered()
    world.document("abstract", "扔垃圾是因为垃圾桶太少了。")
    world.claim("pb-litter", "hasCause", "ca-no-bins", "abstract-0", status="diagnosis")
    evidence = "claim-pb-litter-hasCause-ca-no-bins"
    world.repeats(f"{evidence}-abstract-0", f"{evidence}-report-1")

    answer = compose(world)

    (number,) = answer.causes[0].claims[0].citations
    cited = answer.citations[number - 1]
    assert {cited.quote, *(x.passage for x in cited.duplicates)} in (
        {"扔垃圾是因为垃圾桶不够。", iri("abstract-0")},
        {"扔垃圾是因为垃圾桶太少了。", iri("report-1")},
    )
    assert answer.causes[0].corroboration == 1


def test_the_same_words_get_the_same_number_in_whatever_document_they_stand() -> None:
    world = littered()
    world.document("reprint", "小区里的垃圾桶不够，居民只好乱扔垃圾。")
    world.document("page", "小区里的垃圾桶不够，居民只好乱扔垃圾！")
    world.claim("pb-litter", "hasCause", "ca-no-rules", "reprint-0", status="diagnosis")
    world.claim("pb-hygiene", "hasCause", "ca-no-rules", "page-0", status="diagnosis")

    answer = compose(world, asked(("pb-litter", 1.0), ("pb-hygiene", 1.0)))

    (cited,) = [c for c in answer.citations if c.quote.startswith("小区里的垃圾桶不够")]
    places = {cited.document.iri, *(x.document for x in cited.duplicates)}
    assert places == {iri("reprint"), iri("page")}


def test_a_concept_is_borne_out_by_as_many_documents_as_are_independent() -> None:
    world = littered()
    assert compose(world).problems[0].corroboration == 2
    world.same_source("record", "report")
    assert compose(world).problems[0].corroboration == 1


def test_where_sources_disagree_both_sides_stand_in_the_answer() -> None:
    world = littered()
    claim = "claim-cm-bins-addresses-pb-litter"
    world.conflict("outcome", claim, f"{claim}-report-2", f"{claim}-record-1")
    world.conflict("years", "chengdu-bins", "one", "other")
    world.value("one", "report", "2016-")
    world.value("other", "record", "2014-")
    world.conflict("years", "elsewhere", "one", "other")

    answer = compose(world)

    outcome, years = answer.conflicts
    quotes = [answer.citations[(s.citation or 0) - 1].quote for s in outcome.sides]
    assert (outcome.kind, outcome.subject.label.zh) == ("outcome", "增设垃圾桶 → 乱扔垃圾")
    assert quotes == ["Osaka put up more bins.", "增设垃圾桶之后好多了。"]
    assert (years.kind, years.subject.label.zh) == ("years", "成都添桶")
    assert [(s.document, s.value, s.citation) for s in years.sides] == [
        (iri("record"), "2014-", None),
        (iri("report"), "2016-", None),
    ]


def test_each_sentence_of_the_summary_ends_with_its_citations() -> None:
    assert compose(littered()).summary == (
        "涉及的问题：乱扔垃圾[1]。文献所述原因：垃圾桶不够[3]。"
        "可供参考的对策：增设垃圾桶；志愿巡查[4][6]。"
        "境内做法：成都添桶[4]。国（境）外做法：Bins in Osaka；香港添桶[5][7]。"
    )


def test_an_english_question_gets_an_english_summary() -> None:
    summary = compose(littered(), replace(LITTER, language="en")).summary
    assert summary.startswith("The problem: Littering [1]. Causes that the documents give: ")


def test_without_a_concept_the_best_passage_speaks() -> None:
    answer = compose(littered(), asked(), rows=(2,))
    assert answer.summary == "原文：“增设垃圾桶之后好多了。”[1]。"


def test_nothing_is_said_without_a_citation() -> None:
    answer = compose(littered(), asked(), rows=())
    assert (answer.outcome, answer.summary, answer.citations) == ("answered", "", ())


def test_a_problem_with_nothing_to_do_about_it_is_a_partial_answer() -> None:
    world = World()
    world.document("report", "噪音扰民。")
    world.claim("report", "states", "pb-noise", "report-0", status="diagnosis")
    answer = compose(world, asked(("pb-noise", 1.0)), rows=(0,))
    assert (answer.outcome, answer.reason) == ("partial", "no_countermeasure")
    assert [problem.notation for problem in answer.problems] == ["pb-noise"]


def test_a_place_that_no_document_names_is_missing_and_nothing_is_answered() -> None:
    question = asked(("pb-litter", 1.0), places=("iceland",))
    answer = compose(littered(), question, missing=("冰岛",))
    assert (answer.outcome, answer.reason, answer.missing) == (
        "not_found",
        "not_in_corpus",
        ("冰岛",),
    )
    assert answer.summary == "库中没有关于“冰岛”的文献，因此不作回答。"
    assert (answer.problems, answer.practices.overseas, answer.passages) == ((), (), ())
    assert [hit.passage for hit in answer.related] == [iri("report-0"), iri("record-0")]


def test_one_place_missing_of_two_is_a_partial_answer() -> None:
    question = asked(("pb-litter", 1.0), places=("osaka", "iceland"))
    answer = compose(littered(), question, missing=("冰岛",))
    assert (answer.outcome, answer.reason, answer.missing) == ("partial", None, ("冰岛",))
    assert iris(answer.practices.overseas) == [iri("osaka-bins")]


def test_the_query_names_exactly_the_things_of_the_answer() -> None:
    answer = compose(littered())
    shown = [
        *answer.problems,
        *answer.causes,
        *answer.countermeasures,
        *answer.practices.domestic,
        *answer.practices.overseas,
    ]
    named = {part.split(">")[0] for part in answer.sparql.split("<")[4:]}
    assert named == {one.iri for one in shown}


def test_two_answers_to_one_question_are_equal() -> None:
    assert compose(littered()) == compose(littered())

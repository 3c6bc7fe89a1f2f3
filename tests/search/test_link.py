"""From problems to causes, measures and practices along the claims of a small world."""

from govkg.search.linked import Linked
from tests.search.world import World, asked, iri, littered, names

LITTER = asked(("pb-litter", 1.0))


def by_name(linked: list[Linked], name: str) -> Linked:
    return next(one for one in linked if one.iri == iri(name))


def test_a_problem_leads_to_its_causes_measures_and_practices() -> None:
    links = littered().linker().link(LITTER)
    assert names(links.problems) == ["pb-litter"]
    assert names(links.causes) == ["ca-no-bins"]
    assert names(links.countermeasures) == ["cm-bins", "cm-rounds"]
    assert names(links.practices) == ["chengdu-bins", "osaka-bins", "hongkong-bins"]


def test_what_was_done_scores_above_what_was_proposed() -> None:
    measures = littered().linker().link(LITTER).countermeasures
    assert [round(m.score, 3) for m in measures] == [0.9, 0.72]


def test_a_problem_shows_the_claims_that_state_it_and_its_causes() -> None:
    problem = littered().linker().link(LITTER).problems[0]
    assert {claim.predicate for claim in problem.claims} == {"states", "hasCause"}


def test_a_problem_that_no_document_states_shows_the_measures_against_it() -> None:
    world = World()
    world.document("report", "增设垃圾桶，解决垃圾问题。")
    world.claim("cm-bins", "addresses", "pb-litter", "report-0")
    problem = world.linker().link(LITTER).problems[0]
    assert [claim.predicate for claim in problem.claims] == ["addresses"]


def test_a_problem_without_causes_gets_those_of_the_wider_problem_for_less() -> None:
    world = World()
    world.document("report", "噪音扰民。", "环境差是因为没有公约。")
    world.claim("report", "states", "pb-noise", "report-0", status="diagnosis")
    world.claim("pb-hygiene", "hasCause", "ca-no-rules", "report-1", status="diagnosis")
    cause = world.linker().link(asked(("pb-noise", 1.0))).causes[0]
    assert (cause.iri, round(cause.score, 3)) == (iri("ca-no-rules"), 0.684)


def test_a_problem_with_causes_of_its_own_gets_no_others() -> None:
    world = littered()
    world.claim("pb-hygiene", "hasCause", "ca-no-rules", "report-1", status="diagnosis")
    assert names(world.linker().link(LITTER).causes) == ["ca-no-bins"]


def test_a_problem_nobody_speaks_of_leads_to_the_narrower_ones_that_somebody_does() -> None:
    links = littered().linker().link(asked(("pb-hygiene", 1.0)))
    assert [(p.iri, round(p.score, 2)) for p in links.problems] == [(iri("pb-litter"), 0.8)]
    assert names(links.countermeasures) == ["cm-bins", "cm-rounds"]


def test_a_problem_nobody_speaks_of_leads_to_the_wider_one_last() -> None:
    world = World()
    world.document("report", "环境卫生差。", "居民公约管环境。")
    world.claim("report", "states", "pb-hygiene", "report-0", status="diagnosis")
    world.claim("cm-covenant", "addresses", "pb-hygiene", "report-1")
    alone = world.linker().link(asked(("pb-noise", 1.0)))
    assert names(alone.problems) == ["pb-hygiene"]
    world.claim("report", "states", "pb-litter", "report-0", status="diagnosis")
    beside = world.linker().link(asked(("pb-noise", 1.0), ("pb-litter", 0.6)))
    assert names(beside.problems) == ["pb-litter"]


def test_a_concept_far_below_the_best_is_left_alone() -> None:
    world = littered()
    world.claim("report", "states", "pb-noise", "report-0", status="diagnosis")
    links = world.linker().link(asked(("pb-litter", 1.0), ("pb-noise", 0.79)))
    assert names(links.problems) == ["pb-litter"]


def test_a_measure_leads_back_to_the_problem_it_is_for() -> None:
    links = littered().linker().link(asked(("cm-rounds", 1.0)))
    assert names(links.problems) == ["pb-litter"]
    assert round(links.problems[0].score, 3) == 0.576


def test_a_cause_leads_back_to_the_problem_it_explains() -> None:
    links = littered().linker().link(asked(("ca-no-bins", 1.0)))
    assert names(links.problems) == ["pb-litter"]
    assert names(links.causes) == ["ca-no-bins"]


def test_who_names_a_cause_best_means_the_problem_that_comes_close_to_it() -> None:
    links = littered().linker().link(asked(("ca-no-rules", 1.0), ("pb-litter", 0.6)))
    assert names(links.problems) == ["pb-litter"]


def test_doubtful_claims_count_only_where_there_is_nothing_else() -> None:
    world = littered()
    world.claim("cm-covenant", "addresses", "pb-litter", "report-3", confidence=0.4)
    assert "cm-covenant" not in names(world.linker().link(LITTER).countermeasures)
    alone = World()
    alone.document("report", "居民公约也许管噪音。")
    alone.claim("cm-covenant", "addresses", "pb-noise", "report-0", confidence=0.4)
    links = alone.linker().link(asked(("pb-noise", 1.0)))
    assert names(links.countermeasures) == ["cm-covenant"]
    assert links.countermeasures[0].claims[0].confidence == 0.4


def test_a_place_keeps_the_practices_there_and_what_they_tried() -> None:
    links = littered().linker().link(asked(("pb-litter", 1.0), places=("osaka",)))
    assert names(links.practices) == ["osaka-bins"]
    assert names(links.countermeasures) == ["cm-bins"]


def test_a_country_holds_its_cities() -> None:
    links = littered().linker().link(asked(("pb-litter", 1.0), places=("japan",)))
    assert names(links.practices) == ["osaka-bins"]


def test_a_place_alone_brings_all_that_was_tried_there_and_the_problems_met() -> None:
    links = littered().linker().link(asked(places=("osaka",)))
    assert names(links.practices) == ["osaka-bins"]
    assert names(links.countermeasures) == ["cm-bins"]
    assert names(links.problems) == ["pb-litter"]
    assert links.causes == []


def test_what_a_question_resembles_stays_out_where_a_place_met_other_problems() -> None:
    world = littered()
    world.claim("report", "states", "pb-noise", "report-0", status="diagnosis")
    world.claim("pb-noise", "hasCause", "ca-no-rules", "report-1", status="diagnosis")
    links = world.linker().link(asked(("pb-noise", 0.4), places=("osaka",)))
    assert (names(links.problems), names(links.causes)) == (["pb-litter"], [])


def test_a_practice_that_an_editor_signed_brings_what_it_did() -> None:
    world = littered()
    world.practice("chengdu-covenant", "chengdu", zh="成都公约")
    world.claim("chengdu-covenant", "implements", "cm-covenant", "report-2", basis="editorial")
    world.responds("chengdu-covenant", "pb-litter")
    links = world.linker().link(LITTER)
    assert "chengdu-covenant" in names(links.practices)
    assert names(links.countermeasures)[-1] == "cm-covenant"


def test_a_practice_whose_document_never_speaks_of_the_problem_counts_half() -> None:
    world = littered()
    world.document("elsewhere", "Reykjavik put up more bins for tourists.", language="en")
    world.practice("far-bins", "iceland", en="Bins far away")
    world.claim("far-bins", "implements", "cm-bins", "elsewhere-0")
    links = world.linker().link(LITTER)
    near, far = by_name(links.practices, "chengdu-bins"), by_name(links.practices, "far-bins")
    assert round(near.score, 3) == 0.81
    assert round(far.score, 3) == 0.405


def test_it_is_left_out_if_an_editor_signed_that_it_answers_something_else() -> None:
    world = littered()
    world.document("elsewhere", "Reykjavik put up more bins.", language="en")
    world.practice("far-bins", "iceland", en="Bins far away")
    world.claim("far-bins", "implements", "cm-bins", "elsewhere-0", basis="editorial")
    assert "far-bins" not in names(world.linker().link(LITTER).practices)


def test_a_measure_against_the_problem_that_the_question_names_too_gains() -> None:
    links = littered().linker().link(asked(("pb-litter", 1.0), ("cm-rounds", 0.6)))
    assert [(m.iri, round(m.score, 3)) for m in links.countermeasures] == [
        (iri("cm-bins"), 0.9),
        (iri("cm-rounds"), 0.841),
    ]


def test_it_counts_whole_where_the_measure_itself_was_asked_about() -> None:
    world = littered()
    world.document("elsewhere", "Reykjavik put up more bins.", language="en")
    world.practice("far-bins", "iceland", en="Bins far away")
    world.claim("far-bins", "implements", "cm-bins", "elsewhere-0")
    links = world.linker().link(asked(("cm-bins", 1.0)))
    assert round(by_name(links.practices, "far-bins").score, 3) == 0.81


def test_a_second_measure_adds_a_little_to_a_practice() -> None:
    world = littered()
    before = by_name(world.linker().link(LITTER).practices, "osaka-bins").score
    world.claim("osaka-bins", "implements", "cm-rounds", "record-2", confidence=0.6)
    after = by_name(world.linker().link(LITTER).practices, "osaka-bins").score
    assert before < after < before + 0.15


def test_equal_scores_go_by_iri() -> None:
    world = World()
    world.document("report", "办法有三。")
    for measure in ("cm-rounds", "cm-bins", "cm-covenant"):
        world.claim(measure, "addresses", "pb-litter", "report-0")
    links = world.linker().link(LITTER)
    assert names(links.countermeasures) == ["cm-bins", "cm-covenant", "cm-rounds"]


def test_nothing_asked_finds_nothing() -> None:
    links = littered().linker().link(asked())
    assert (links.problems, links.causes, links.countermeasures, links.practices) == (
        [],
        [],
        [],
        [],
    )

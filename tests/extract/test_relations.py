"""Causes and measures are joined to problems by cue, by structure, by the editors' mapping."""


def triples(found, predicate):
    return {
        (s, o): (c.best.basis, c.best.status)
        for (s, p, o), c in found.claims.items()
        if p == predicate
    }


EXPLICIT = ("explicit", "diagnosis")
PAIR = ("pb-opaque-accounts", "ca-self-dealing")


def causes(extract, sentence):
    return triples(extract(f"# 院落\n\n## 问题\n\n{sentence}\n"), "hasCause")


def test_what_follows_because_is_the_cause(extract):
    fee = {("pb-fee-arrears", "ca-service-attitude"): EXPLICIT}
    assert causes(extract, "不少业主拒缴物业费，是因为物业公司服务意识淡薄。") == fee
    assert causes(extract, "业主拒缴物业费的主要原因是物业公司服务意识淡薄。") == fee


def test_what_stands_before_leads_to_is_the_cause(extract):
    fee = {("pb-fee-arrears", "ca-service-attitude"): EXPLICIT}
    assert causes(extract, "物业公司服务意识淡薄导致业主拒缴物业费。") == fee


def test_of_a_cause_that_comes_first_the_comma_or_the_next_cue_is_the_end(extract):
    fee = {("pb-fee-arrears", "ca-service-attitude"): EXPLICIT}
    assert causes(extract, "由于物业公司服务意识淡薄，业主拒缴物业费。") == fee
    assert causes(extract, "由于物业公司服务意识淡薄，长期如此，造成业主拒缴物业费。") == fee


def test_english_cues_put_cause_and_effect_on_the_right_sides(extract):
    pair = {("pb-fee-arrears", "ca-service-attitude"): EXPLICIT}
    for sentence in (
        "We see unpaid service charges because of a poor service attitude.",
        "A poor service attitude leads to unpaid service charges.",
        "Because of a poor service attitude, there are unpaid service charges.",
        "In many yards, because of a poor service attitude, resulting in unpaid service charges.",
    ):
        found = extract(f"# Yard\n\n## Problems\n\n{sentence}\n")
        assert triples(found, "hasCause") == pair, sentence


def test_a_question_gives_no_cause(extract):
    assert causes(extract, "物业公司服务意识淡薄会不会导致业主拒缴物业费？") == {}


PARALLEL = """# Yard

## Problems

### Parking shortage

There is a parking problem in every yard, and cars fail to pass.

### Fee arrears

Owners refuse to settle, and there are unpaid service charges.

## Causes

### Lack of training

The staff have not been trained, so there is a lack of training.

### Weak service

The firm shows a poor service attitude, and owners see its weakness.
"""


def test_parallel_sections_pair_the_nth_problem_with_the_nth_cause(extract):
    assert triples(extract(PARALLEL), "hasCause") == {
        ("pb-parking", "ca-untrained"): ("structural", "diagnosis"),
        ("pb-fee-arrears", "ca-service-attitude"): ("structural", "diagnosis"),
    }


def test_sections_that_differ_in_number_are_not_parallel(extract):
    more = PARALLEL + "\n### Time cost\n\nThe time cost of meetings is a burden for owners.\n"
    assert triples(extract(more), "hasCause") == {}


def test_causes_before_the_problems_are_not_parallel(extract):
    head, problems, rest = PARALLEL.partition("## Problems")
    first, causes_head, last = rest.partition("## Causes")
    turned = head + causes_head + last + "\n" + problems + first
    assert triples(extract(turned), "hasCause") == {}


def test_a_measure_addresses_the_problem_that_its_sentence_names(extract):
    found = extract("# 院落\n\n## 对策\n\n为了解决停车难，应当推行错时停车。\n")
    claim = found.claims["cm-parking", "addresses", "pb-parking"]
    assert (claim.best.basis, claim.best.status) == ("explicit", "recommendation")
    assert claim.best.confidence == 0.77


def test_else_it_addresses_what_editors_mean_it_for_if_the_document_states_that(extract):
    found = extract("# 院落\n\n## 对策\n\n应当推行错时停车。\n")
    assert ("cm-parking", "addresses", "pb-parking") not in found.claims
    both = extract("# 院落\n\n## 问题\n\n停车难十分突出。\n\n## 对策\n\n应当推行错时停车。\n")
    claim = both.claims["cm-parking", "addresses", "pb-parking"]
    assert (claim.best.basis, claim.best.confidence) == ("editorial", 0.6)

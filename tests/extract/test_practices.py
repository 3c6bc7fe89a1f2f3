"""Practices: what was tried where, with its place, years, actors and outcomes."""

import json

from govkg.corpus.reading import ReadingContext, read_corpus
from govkg.model.identifiers import Minter

FRONT = """---
id: lisbon-{language}
language: {language}
practice: lisbon-yards
type: case
country: Portugal
years: 2011-2014
verification: partly
titles: {{zh: 里斯本院落, en: Lisbon yards}}
---
"""
ENGLISH = FRONT.format(language="en") + (
    "# Lisbon yards\n\nThe council set up mediation rooms for residents.\n\n"
    "## Results\n\nThe number of disputes fell.\n\nThe council hopes that disputes are reduced.\n"
)
CHINESE = FRONT.format(language="zh") + "# 里斯本院落\n\n市政府设立了调解室，居民参加。\n"


def test_a_document_of_one_practice_is_one_with_what_its_front_matter_says(extract, ontology):
    found = extract(ENGLISH)
    (practice,) = found.extraction.practices
    assert practice.labels == (("en", "Lisbon yards"), ("zh", "里斯本院落"))
    assert ontology.names[practice.place] == "Lisbon"
    assert (practice.years, practice.verification) == ("2011-2014", "partly")


def test_language_versions_of_a_practice_share_its_iri(read, extractor):
    documents = read(english=ENGLISH, chinese=CHINESE)
    found = {
        practice.iri
        for document in documents.values()
        for practice in extractor.extract(document).practices
    }
    assert found == {Minter()("practice", "lisbon-yards")}


def test_a_practice_implements_what_its_document_tells_and_involves_who_is_named(extract):
    claims = extract(ENGLISH).claims
    involved = {o for s, p, o in claims if p == "involves"}
    assert "resident" in involved
    chinese = extract(CHINESE).claims
    measure = chinese["practice", "implements", "cm-mediation"].best
    assert (measure.status, measure.quote) == ("practice", "市政府设立了调解室，居民参加。")


def test_an_aim_is_not_an_outcome(extract):
    claims = extract(ENGLISH).claims
    outcomes = [(o, c.best.status) for (s, p, o), c in claims.items() if p == "reportedOutcome"]
    assert outcomes == [("The number of disputes fell.", "outcome")]


def test_an_amount_is_an_outcome_only_with_a_figure(extract):
    text = (
        "---\npractice: yard\n---\n# 院落\n\n## 成效\n\n收费率提高到98%，院里整洁。\n\n"
        "服务水平逐步提高，院里十分整洁。\n"
    )
    claims = extract(text).claims
    assert [o for s, p, o in claims if p == "reportedOutcome"] == ["收费率提高到98%，院里整洁。"]


def test_a_record_with_country_and_start_date_is_a_practice(tmp_path, ontology, extractor):
    record = {
        "id": 7,
        "title": "Budget days in a town",
        "country": "Portugal",
        "start_date": "2009-03-01",
        "text": "The town introduced participatory budgeting and residents chose projects.",
    }
    undated = record | {"id": 8, "start_date": ""}
    del undated["start_date"]
    (tmp_path / "records.jsonl").write_text(
        "\n".join(json.dumps(one) for one in (record, undated)), encoding="utf-8"
    )
    documents = read_corpus(tmp_path, ReadingContext(Minter(), ontology.places)).documents
    found = {d.key: extractor.extract(d).practices for d in documents}
    (practice,) = found["records.jsonl#7"]
    assert (practice.years, ontology.names[practice.place]) == ("2009", "Portugal")
    assert practice.verification == "extracted"
    assert found["records.jsonl#8"] == ()


def labels(found, ontology):
    return {
        (p.labels[0][1], ontology.names.get(p.place, ""), p.years)
        for p in found.extraction.practices
    }


def test_a_section_on_experience_with_a_place_in_its_heading_is_a_practice(extract, ontology):
    found = extract(
        "# Governing yards\n\n## 1. Introduction\n\nYards are old.\n\n"
        "## 2. Experience of Japan\n\nIn 1998 the firms set up training for staff, until 2003.\n\n"
        "## 3. Recommendations\n\nWe should learn from Japan and train staff.\n"
    )
    assert labels(found, ontology) == {("Experience of Japan", "Japan", "1998-2003")}


def test_a_section_headed_by_a_place_below_experience_is_one_too(extract, ontology):
    found = extract("# 院落治理\n\n## 二、域外经验\n\n### （一）新加坡\n\n新加坡建立了调解室。\n")
    assert labels(found, ontology) == {("域外经验: 新加坡", "Singapore", "")}


def test_a_number_is_stripped_from_a_label_but_not_a_number_word(extract, ontology):
    found = extract("# 院落治理\n\n## 1. 一站式服务的日本经验\n\n日本设立了调解室。\n")
    assert labels(found, ontology) == {("一站式服务的日本经验", "Japan", "")}


def test_a_place_in_the_first_sentence_of_a_section_on_experience_counts(extract, ontology):
    found = extract(
        "# Tokyo Yards\n\n## How it works: votes\n\nIn Japan the owners set up a council.\n"
    )
    assert labels(found, ontology) == {("Tokyo Yards: How it works", "Japan", "")}


def test_a_list_of_examples_from_many_places_is_about_none(extract):
    found = extract(
        "# Budgets\n\n## Examples\n\nJapan has had budgets since 1999.\n\n"
        "Singapore, France and Portugal introduced them in later years.\n"
    )
    assert found.extraction.practices == ()


def test_a_law_and_a_court_case_are_no_practices(extract):
    law = (
        "---\ntype: law\ncountry: Japan\n---\n# Act\n\n## Practices\n\nOwners in Japan shall pay.\n"
    )
    assert extract(law).extraction.practices == ()
    case = "---\ntype: case\n---\n# 某业主案\n\n## 基本案情\n\n业主拒缴物业费，物业公司起诉。\n"
    assert extract(case).extraction.practices == ()


def test_the_measures_of_a_practice_are_what_was_done_and_its_advice_is_not(extract):
    text = (
        "---\npractice: yard\n---\n# 院落\n\n## 主要措施\n\n设立调解室，由居民轮流值守。\n\n"
        "## 建议\n\n推广民主协商，由居民共同商量。\n"
    )
    claims = extract(text).claims
    assert claims["document", "states", "cm-mediation"].best.status == "practice"
    assert claims["document", "states", "cm-consultation"].best.status == "recommendation"
    assert [o for s, p, o in claims if p == "implements"] == ["cm-mediation"]


def test_the_top_of_the_actors_is_involved_in_nothing(extract):
    text = "---\npractice: yard\n---\n# 院落\n\n多元主体设立了调解室，志愿服务也有。\n"
    assert "actor" not in {o for s, p, o in extract(text).claims if p == "involves"}

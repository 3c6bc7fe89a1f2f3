"""Cues are found in both languages, overlapping ones too, and cost no torch."""

import subprocess
import sys

from govkg.extract.cues import find_cues


def kinds(text, language):
    return {(cue.kind, text[cue.start : cue.end]) for cue in find_cues(text, language)}


def test_english_cues_are_found_in_any_case():
    found = kinds("Because of high costs, owners REFUSE to pay.", "en")
    assert {("because", "Because of"), ("weakness", "REFUSE")} <= found


def test_chinese_cues_are_found_without_word_borders():
    found = kinds("由于收支不透明，导致业主拒缴物业费。", "zh")
    assert {("because", "由于"), ("weakness", "不透明"), ("leads_to", "导致")} <= found


def test_overlapping_cues_are_all_given_in_order():
    text = "This leads to delay because of rules."
    cues = find_cues(text, "en")
    assert ("because", "because") in kinds(text, "en")
    assert ("because", "because of") in kinds(text, "en")
    assert [cue.start for cue in cues] == sorted(cue.start for cue in cues)


def test_a_word_inside_another_is_no_english_cue():
    assert kinds("The slowly flowing shoulder.", "en") == set()


def test_should_is_advice_but_must_only_a_duty_and_a_proposal():
    assert {kind for kind, _ in kinds("It must be sorted.", "en")} == {"proposal", "duty"}
    assert "advice" in {kind for kind, _ in kinds("It should be sorted.", "en")}
    assert "advice" in {kind for kind, _ in kinds("建议设立公示栏。", "zh")}
    assert "advice" not in {kind for kind, _ in kinds("居民应当分类。", "zh")}


def test_finding_cues_leaves_torch_outside():
    code = (
        "import sys; from govkg.extract.cues import find_cues; find_cues('due to rain', 'en');"
        "find_cues('由于下雨', 'zh'); print('spacy' in sys.modules, 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]

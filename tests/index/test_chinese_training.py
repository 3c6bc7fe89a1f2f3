import numpy as np
import pytest
from training.chinese import words
from training.chinese.cache import kept
from training.chinese.examples import FRAMES, framed
from training.chinese.lexicon import induced
from training.chinese.measure import fused, ndcg, number
from training.chinese.pairs import Pair
from training.chinese.student import Lessons, Student, fit
from training.chinese.vectors import company, word_vectors


@pytest.fixture(scope="module")
def tokenizer():
    return words.tokenizer({"停车": 9, "电梯": 9, "管理": 9, "停": 3, "车": 3, "bid": 2, "难": 1})


def test_a_text_is_cut_into_its_likeliest_words_and_latin_words_stand_whole(tokenizer):
    assert tokenizer.encode("停车 难，BID管理、电 梯").tokens == [
        *("停车", "难", "bid", "管理", "电梯")
    ]


def test_unknown_words_and_digits_are_left_out(tokenizer):
    assert list(words.cut(tokenizer, ["12天停车xyz", ""])) == [[1], []]


def test_compounds_are_known_by_their_parts_and_labels_count_whatever_the_texts_say():
    texts = ["业主委员会管理停车", "业主管理", "停车管理"] * 3
    general = {"业主": 5.0, "委员会": 5.0, "管理": 5.0, "停车": 5.0, "遛狗": 1.0}
    counts = words.word_counts(texts, general, ["业主委员会", "楼长"], words.Limits(10, 2))
    assert {w: n for w, n in counts.items() if len(w) > 1} == {
        "管理": 9,
        "业主": 6,
        "停车": 6,
        "委员会": 3,
        "楼长": 20,
    }


def test_words_in_one_company_have_near_vectors():
    lines = [[1, 3, 5], [2, 3, 5], [4, 6, 7]] * 20
    one, other, stranger = word_vectors(company(lines, 8), 3)[[1, 2, 4]]
    assert one @ other > 0.9 > one @ stranger


def test_a_step_is_made_once_and_again_when_its_inputs_change(tmp_path):
    made = []

    def make():
        made.append(1)
        return {"value": np.array([len(made)])}

    first = kept(tmp_path, "step", ["a", "b"], make)
    again = kept(tmp_path, "step", ["a", "b"], make)
    other = kept(tmp_path, "step", ["ab", ""], make)
    assert [int(one["value"][0]) for one in (first, again, other)] == [1, 1, 2]


def test_a_step_that_fails_leaves_nothing_that_counts_as_made(tmp_path):
    def broken():
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        kept(tmp_path, "step", ["a"], broken)
    assert kept(tmp_path, "step", ["a"], lambda: {"value": np.array([7])})["value"].tolist() == [7]


def test_training_brings_texts_nearer_to_their_targets_and_gives_the_same_rows_again():
    targets = np.eye(4, 8, dtype=np.float32).repeat(128, axis=0)
    texts = [[word] for word in (1, 2, 3, 4) for _ in range(128)]

    def rows(epochs):
        student = Student(np.eye(5, dtype=np.float32), np.ones(5), 8)
        fit(student, Lessons(texts, targets), epochs)
        return student.folded()

    def nearness(found):
        return np.diag(found[1:] @ np.eye(8)[:4].T).mean()

    once, again = rows(20), rows(20)
    assert nearness(once) > nearness(rows(1))
    assert not once[0].any()
    assert (once == again).all()


def test_a_frame_asks_the_same_in_both_languages():
    assert framed("停车难", "Parking shortage", FRAMES[1]) == Pair(
        "label", "停车难怎么办？", "What should be done about parking shortage?"
    )
    assert framed("党建", "CPC work", FRAMES[0]).en == "CPC work"


def test_what_becomes_what_is_induced_from_segments(tokenizer):
    pairs = [
        Pair("par", "停车管理", "parking management"),
        Pair("par", "停车难", "difficult parking"),
        Pair("par", "电梯管理", "lift management"),
        Pair("par", "电梯", "lift"),
    ] * 3
    found = induced(pairs, tokenizer)
    assert [next(iter(found[word])) for word in ("停车", "电梯", "管理")] == [
        *("park", "lift", "manag")
    ]


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("四十四", 44), ("一百零三", 103), ("九百四十四", 944)]
)
def test_chinese_numerals_are_read(text, value):
    assert number(text) == value


def test_ndcg_of_a_right_text_at_the_second_rank():
    scores = np.array([[0.9, 0.5, 0.1]])
    assert ndcg(scores, [{1}]).round(3).tolist() == [0.631]
    assert fused(scores, np.array([[0.0, 2.0, 0.0]]))[0].argmax() == 1

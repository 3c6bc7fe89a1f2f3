import subprocess
import sys

import numpy as np
import pytest

from govkg.errors import KnowledgeBaseError
from govkg.index.embedders import OnnxEmbedder
from govkg.index.encoder import EncoderCard, is_whole
from govkg.index.static_encoder import CHINESE_FOLDER, StaticEncoder

TEXTS = [
    "业主不交物业费怎么办？",
    "楼里还没有业主组织的，持5%份数的业主可以推一人做召集人，提前十四天通知开会。",
    "社区BID和participatory budgeting有什么不同",
    "土地审裁处可以解散管委会，另派管理人接手。",
    "Residents decide",
    "居民 参与　社区治理",
    "12345",
    "",
]


@pytest.fixture(scope="module")
def chinese():
    return StaticEncoder()


def test_numpy_and_sentence_transformers_give_equal_vectors(chinese):
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(CHINESE_FOLDER), device="cpu").float()
    assert np.abs(chinese.encode(TEXTS) - model.encode(TEXTS)).max() < 1e-5


def test_the_files_are_those_of_the_card_and_weigh_at_most_15_megabytes():
    assert is_whole(CHINESE_FOLDER)
    assert sum(path.stat().st_size for path in CHINESE_FOLDER.rglob("*")) <= 15_000_000


def test_vectors_have_length_one_and_a_text_without_a_known_word_has_none(chinese):
    lengths = np.linalg.norm(chinese.encode(TEXTS), axis=1)
    assert lengths.round(5).tolist() == [1, 1, 1, 1, 1, 1, 0, 0]


def test_a_text_has_the_same_vector_alone_and_among_others(chinese):
    together = chinese.encode(TEXTS)
    assert all(
        (chinese.encode([text])[0] == row).all() for text, row in zip(TEXTS, together, strict=True)
    )


def test_no_text_gives_an_empty_matrix(chinese):
    assert chinese.encode([]).shape == (0, 384)


def test_traditional_characters_count_as_simplified_ones(chinese):
    traditional, simplified = chinese.encode(["業主委員會怎麼成立？", "业主委员会怎么成立？"])
    assert (traditional == simplified).all()


def test_spaces_between_characters_and_width_and_case_of_letters_do_not_matter(chinese):
    spaced, plain = chinese.encode(["社区 治理 ＮＧＯ", "社区治理ngo"])
    assert np.abs(spaced - plain).max() < 1e-6


def test_a_lone_surrogate_is_no_error(chinese):
    odd, plain = chinese.encode(["停车\ud800难", "停车?难"])
    assert (odd == plain).all()


def test_a_chinese_question_is_nearest_to_the_english_text_that_answers_it(chinese, encoder):
    questions = [
        "业主不交物业费怎么办？",
        "老旧小区加装电梯，低层住户反对怎么解决？",
        "小区停车位不够",
        "垃圾分类没人管",
        "为什么居民不愿意参与社区活动？",
    ]
    answers = [
        "Owners who refuse to pay the property management fee are visited by a mediator.",
        "A lift was added to the old building after the ground-floor owners had been compensated.",
        "A hundred parking spaces were found by opening the office car park at night.",
        "Volunteers stand at the bins and show how household waste is sorted.",
        "Residents take little part in neighbourhood activities because nobody asks them.",
    ]
    scores = chinese.encode(questions) @ OnnxEmbedder(encoder).encode(answers).T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2, 3, 4]


def test_a_latin_word_among_chinese_ones_counts(chinese, encoder):
    mixed, without = chinese.encode(["participatory budgeting怎么做？", "怎么做？"])
    english = OnnxEmbedder(encoder).encode(["How does participatory budgeting work?"])[0]
    assert mixed @ english > 0.6 > without @ english


def test_torch_is_not_imported():
    code = (
        "import sys; from govkg.index.static_encoder import StaticEncoder;"
        "StaticEncoder().encode(['停车难']);"
        "sys.exit(bool({'torch', 'sentence_transformers'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_folder_without_weights_is_an_error_that_names_it(tmp_path):
    EncoderCard("static", "none", "0", 384).write(tmp_path)
    with pytest.raises(KnowledgeBaseError, match=str(tmp_path)):
        StaticEncoder(tmp_path).encode(["停车"])

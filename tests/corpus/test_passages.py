from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from govkg.corpus.layout import scan
from govkg.corpus.outline import outline
from govkg.corpus.passages import pieces, size
from govkg.corpus.source import clean
from govkg.corpus.structure import structure

LINES = st.sampled_from(
    [
        "# Title",
        "## 第一章 总则",
        "第一条 居民委员会每季度公布账目。",
        "（一）坚持公开；",
        "（二）坚持自愿。",
        "一、总体要求",
        "1. Introduction",
        "- one item",
        "| a | b |",
        "|---|---|",
        "",
        "",
        "References",
        "The owners met in the yard. They spoke of Dr. Lim and of 3.5 metres.",
        "Contents",
        "an unfinished line that goes",
        "居民商量以后，决定在院子里种树。大家都同意。",
        "<!-- note -->",
        "**Bold words**",
        "word " * 200,
        "长句，" * 150 + "。",
        "x" * 4000,
        "目 录",
        "。。。",
        "（",
    ]
)


@given(st.lists(LINES, max_size=25).map("\n".join))
def test_passages_are_ordered_slices_of_bounded_size_in_the_section_that_holds_them(raw):
    text = clean(raw)
    found = structure(text, outline(text, scan(text)))
    spans = [(piece.start, piece.end) for _, piece in found.passages]
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(size(text[start:end]) <= 1.5 for start, end in spans)
    for index, piece in found.passages:
        section = found.sections[index]
        assert section.start <= piece.start and piece.end <= section.end
    assert [section.end for section in found.sections[:-1]] == [
        section.start for section in found.sections[1:]
    ]


@given(st.text(max_size=300))
def test_any_text_at_all_gives_slices_in_order(raw):
    text = clean(raw)
    spans = [(piece.start, piece.end) for piece in pieces(text, outline(text, scan(text)))]
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(text[start:end].strip() for start, end in spans)


def shown(text):
    return [text[piece.start : piece.end] for piece in pieces(text, outline(text, scan(text)))]


def test_a_passage_holds_at_most_three_sentences_and_none_is_left_alone():
    text = "Ana met Ben. Ben met Cal. Cal met Dan. Dan met Eve."
    assert shown(text) == ["Ana met Ben. Ben met Cal.", "Cal met Dan. Dan met Eve."]


def test_a_lead_in_and_its_items_are_one_passage():
    text = "Owners bring:\n\n- a brush\n- a cup"
    assert shown(text) == ["Owners bring:\n\n- a brush\n- a cup"]


def test_a_long_article_is_cut_at_its_clauses_and_keeps_its_number():
    clauses = "\n\n".join(f"（{n}）{'业主应当遵守管理规约，' * 9}并按时交费；" for n in "一二三")
    text = f"第五条 业主履行下列义务：\n\n{clauses}\n\n第六条 本规约自公布之日起施行。"
    found = list(pieces(text, outline(text, scan(text))))
    assert [(piece.label, text[piece.start : piece.start + 4].strip()) for piece in found] == [
        ("第五条", "第五条"),
        ("第五条", "（二）业"),
        ("第五条", "（三）业"),
        ("第六条", "第六条"),
    ]


def test_a_table_of_contents_is_marked_and_does_not_open_sections():
    text = "目　录\n第一章 总则\n第二章 附则\n\n第一章 总则\n\n第一条 为了示范。\n\n"
    text += "第二章 附则\n\n第二条 即日施行。"
    found = structure(text, outline(text, scan(text)))
    assert [piece.kind for _, piece in found.passages] == ["contents", "article", "article"]
    assert [section.title for section in found.sections[-2:]] == ["第一章 总则", "第二章 附则"]

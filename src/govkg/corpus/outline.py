"""Decides what each block is from its neighbours: headings, articles, items and back matter."""

import re
from collections.abc import Sequence
from dataclasses import replace

from govkg.corpus.headings import (
    ARTICLE,
    ENDS_SENTENCE,
    bullet_length,
    division_rank,
    is_article,
    is_known_title,
    is_title,
    marker,
    numbered_title,
)
from govkg.corpus.source import PLAIN_RANK, Block, BlockKind
from govkg.text.language import has_han

_REFERENCES = re.compile(
    r"(?:\d+[.\s]*)?(?:references?|bibliography|works cited|(?:end|foot)?notes|see also|"
    r"external links|further reading|secondary sources|(?:主要)?参考文献|注\s*释|参考资料)"
    r"\s*[:：]?$",
    re.I,
)
_FURNITURE = re.compile(
    r"(?:\d+[.\s]*)?(?:funding|acknowledge?ments?|conflicts? of interest|competing interests|"
    r"author contributions?|about the authors?|copyright|licen[cs]e|navigation|致谢|作者简介|"
    r"基金项目)\s*[:：]?$",
    re.I,
)
_CONTENTS = re.compile(r"(?:table of )?contents$|目\s*[录錄次]$", re.I)
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d+$|…{2,}\s*\d+$|·{4,}\s*\d+$")
_ADDRESS = re.compile(r"[^。！？]{2,120}(?:[：:！!])$")
_ADDRESSED = re.compile(r"同志们|各位|人民政府|国务院各|各直属|委员会|Ladies and|Dear ")
# Lines that an official document has around its text: number, date, handling note.
_FORMAL = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[（(]\d{4}[〕\]）)]\s*第?\s*\d+\s*号|\d{4}年\d{1,2}月\d{1,2}日|"
    r"[（(](?:此件|有删减|本文)[^（）()]{0,30}[）)]|附件[:：]?"
)
_DATED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_SIGNED = re.compile(r"[\u4e00-\u9fff\s]{2,40}[院府厅室委部局会署办]")
# The page's own copyright notice, which archives add below a text.
_NOTICE = re.compile(
    r"公有领域|版权(?:所有|失效)|著作权法|public domain|copyright|all rights reserved|©|"
    r"creative commons|备案号?[：: ]|ICP",
    re.I,
)
_NOTICE_FROM = 0.9
# A heading of a paper's front matter, before which only title and authors stand; a speech's
# salutation does the same.
_ABSTRACT = re.compile(r"(?:abstract|summary|摘\s*要)\s*[:：]?$", re.I)
_HEAD_BLOCKS = 14
# A line of such a head (authors, affiliation, dates) is shorter than a paragraph.
_HEAD_LINE = 250
# From this many headings in its markup on, a text has no others that show by wording alone.
_MARKED_UP = 3
# Longer numbered paragraphs are prose in points rather than items of a list.
_ITEM = 150
# A numbered first sentence this short says what its paragraph is about.
_RUN_IN = 45
# When a law was passed, amended and put into force: a full date, and no sentence after another;
# what "2018年起…投票决定…" goes on to tell is prose.
_HISTORY = re.compile(
    r"[（(]?\s*(?:\d{4}|[一二][〇零○一二三四五六七八九]{3})年\s*[\d一二三四五六七八九十]{1,2}月\s*"
    r"[\d一二三四五六七八九十]{1,3}日[^。]{0,200}?"
    r"(?:通过|修正|修订|修改|公布|发布|批准|施行|决定|颁布)[^。]*。?\s*[）)]?\s*$"
)


def outline(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with headings ranked, articles labelled and kinds set, in the same order."""
    found = _headings(text, _contents(text, list(blocks)))
    return _notices(text, _articles(text, _back_matter(text, _front_matter(text, found))))


def _contents(text: str, blocks: list[Block]) -> list[Block]:
    """Marks the entries of a table of contents, which look like the headings they list."""
    for i, block in enumerate(blocks):
        if _LEADERS.search(text, block.start, block.end):
            blocks[i] = block.as_kind("contents")
        elif _CONTENTS.match(_line(text, block)):
            end = _contents_end(text, blocks, i + 1)
            blocks[i] = block.as_kind("skip") if end > i + 1 else block
            blocks[i + 1 : end] = [entry.as_kind("contents") for entry in blocks[i + 1 : end]]
    return blocks


def _contents_end(text: str, blocks: list[Block], first: int) -> int:
    """The index after the last entry: where the first entry comes again, or prose begins."""
    opening = _key(text, blocks[first]) if first < len(blocks) else ""
    end = first
    while end < len(blocks):
        line = _line(text, blocks[end])
        if not line or ENDS_SENTENCE.search(line) or is_article(line):
            break
        if end > first and _key(text, blocks[end]) == opening:
            break
        end += 1
    return end


def _key(text: str, block: Block) -> str:
    return re.sub(r"[\s\u3000#.…·*]+|\d+$", "", text[block.start : block.end])


def _line(text: str, block: Block) -> str:
    """The block's text where it is one line, else nothing."""
    line = block.title or text[block.start : block.end]
    return "" if "\n" in line else line.strip("*_ \u3000")


def _headings(text: str, blocks: list[Block]) -> list[Block]:
    in_law = sum(is_article(text[block.start : block.end]) for block in blocks) > 1
    marked_up = sum(0 < block.rank < PLAIN_RANK for block in blocks) >= _MARKED_UP
    found: list[Block] = []
    for i, block in enumerate(blocks):
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        if block.kind not in {"prose", "item"} or following is None:
            found.append(block)
            continue
        before = found[-1] if found else None
        rank = _rank(text, block, before, following, in_law)
        if rank == PLAIN_RANK and marked_up and marker(_line(text, block)) is None:
            rank = 0
        if rank:
            found.append(replace(block, kind="heading", rank=rank, title=_line(text, block)))
        else:
            found.append(
                block if in_law else _run_in(text, _listed(text, block, before, following))
            )
    return found


def _listed(text: str, block: Block, before: Block | None, following: Block) -> Block:
    """The block as an item where the one before or after it has the next number."""
    own = marker(text[block.start : block.end])
    if own is None or block.kind != "prose":
        return block
    earlier = marker(text[before.start : before.end]) if before and not before.rank else None
    later = marker(text[following.start : following.end])
    listed = own.precedes(later) or (earlier is not None and earlier.precedes(own))
    return replace(block, kind="item") if listed and block.end - block.start < _ITEM else block


def _run_in(text: str, block: Block) -> Block:
    """The block with its first sentence as a heading where that is one: （一）工作目标。到……."""
    stop = text.find("。", block.start, block.start + _RUN_IN)
    title = text[block.start : stop] if stop > 0 else ""
    numbering = marker(title)
    if block.kind == "prose" and numbering and stop + 1 < block.end and numbered_title(title):
        return replace(block, rank=numbering.rank, title=title)
    return block


def _rank(text: str, block: Block, before: Block | None, following: Block, in_law: bool) -> int:
    line = _line(text, block)
    if not line or following.kind == "contents":
        return 0
    rank = division_rank(line)
    if rank:
        return rank
    numbering = marker(line)
    if numbering:
        listed = numbering.precedes(marker(text[following.start : following.end]))
        alone = numbered_title(line) and not listed and not in_law
        return numbering.rank if alone else 0
    if bullet_length(line) or is_article(line):
        return 0
    return PLAIN_RANK if _is_plain_title(text, line, before, following) else 0


def _is_plain_title(text: str, line: str, before: Block | None, following: Block) -> bool:
    if is_known_title(line):
        return True
    if _FORMAL.fullmatch(_line(text, following)):
        return False
    if not is_title(line) or following.end - following.start <= len(line):
        return False
    if before is None or before.kind in {"heading", "skip", "row"}:
        # The line under a heading is a byline or motto, unless it is capitalised English.
        return before is None or not has_han(line)
    return ENDS_SENTENCE.search(text, before.start, before.end) is not None


def _front_matter(text: str, blocks: list[Block]) -> list[Block]:
    """Marks author lines, dates and enacting history between the title and the text."""
    head = _head_end(text, blocks)
    for i, block in enumerate(blocks[: _HEAD_BLOCKS + 1]):
        plain = block.kind in {"prose", "heading", "item"} and block.rank in {0, PLAIN_RANK}
        if plain and (i < head or _HISTORY.match(text[block.start : block.end])):
            blocks[i] = block.as_kind("furniture")
    for i, block in enumerate(blocks):
        line = _line(text, block)
        if block.kind == "prose" and _FORMAL.fullmatch(line):
            blocks[i] = block.as_kind("furniture")
            if i and _SIGNED.fullmatch(_line(text, blocks[i - 1])) and _DATED.fullmatch(line):
                blocks[i - 1] = blocks[i - 1].as_kind("furniture")
        addressed = _ADDRESS.match(line) and _ADDRESSED.search(line)
        if block.kind == "prose" and addressed and not is_article(line):
            blocks[i] = block.as_kind("furniture")
    return blocks


def _head_end(text: str, blocks: list[Block]) -> int:
    for i, block in enumerate(blocks[:_HEAD_BLOCKS]):
        line = _line(text, block)
        if _ABSTRACT.match(line) or (_ADDRESS.match(line) and _ADDRESSED.search(line)):
            return i
        if block.end - block.start > _HEAD_LINE:
            return 0
    return 0


def _back_matter(text: str, blocks: list[Block]) -> list[Block]:
    """Gives the blocks under References, Funding and the like their kind."""
    kind: BlockKind | None = None
    level = 0
    for i, block in enumerate(blocks):
        if block.rank:
            if kind is None or block.rank <= level:
                title = _line(text, block)
                kind = (
                    "reference"
                    if _REFERENCES.match(title)
                    else "furniture"
                    if _FURNITURE.match(title)
                    else None
                )
                level = block.rank
        elif kind and block.kind in {"prose", "item"}:
            blocks[i] = block.as_kind(kind)
    return blocks


def _articles(text: str, blocks: list[Block]) -> list[Block]:
    """Labels the blocks of each article with its number, up to the next article or heading."""
    label = ""
    for i, block in enumerate(blocks):
        match = ARTICLE.match(text, block.start, block.end)
        if block.rank or block.kind == "skip":
            label = ""
        elif match and is_article(text[block.start : block.end]):
            label = re.sub(r"\s+", "" if has_han(match["label"]) else " ", match["label"])
        if label and block.kind in {"prose", "item"}:
            blocks[i] = replace(block, kind="article", label=label)
    return blocks


def _notices(text: str, blocks: list[Block]) -> list[Block]:
    """Marks the copyright notice of an archive below the text, to the end."""
    for i, block in enumerate(blocks):
        if block.start >= _NOTICE_FROM * len(text) and _NOTICE.search(text, block.start, block.end):
            return blocks[:i] + [
                later if later.kind == "reference" else later.as_kind("furniture")
                for later in blocks[i:]
            ]
    return blocks

"""What a document says of itself: title, type, issuer, number and dates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from govkg.corpus.dates import (
    document_number,
    find_dates,
    first_promulgated,
    history,
    taking_effect,
    to_iso,
)
from govkg.corpus.headings import ENDS_SENTENCE, division_rank, is_known_title, is_title, marker
from govkg.corpus.source import PLAIN_RANK, Block, Source
from govkg.model.document import ACT_TYPES
from govkg.text.language import detect, has_han

# Fields of the front matter that become fields of the document, in the order of the model.
FIELDS = (
    "title",
    "language",
    "type",
    "issuer",
    "number",
    "date",
    "effective",
    "place",
    "work",
    "translated_from",
)
_HEAD_BLOCKS = 12
_TITLE_ENDS = re.compile(r"(?:报告|通知|意见|条例|规定|办法|法|决定|解释|方案)$")
# Shorter lines under a title are names and offices, not its second line.
_SHORT_LINE = 8
_TITLE_CHARACTERS = 200
# A longer English line with a date in it tells an event, unless it says "published".
_DATE_LINE = 25
# Labels that journals print above a title.
_LABELS = re.compile(
    "original (?:paper|article)|(?:research |review |)article|review|case study|"
    "short communication|(?:working |)paper|policy brief|原创论文|研究论文|论文"
)
_TYPES = (
    ("judicial_interpretation", re.compile(r"最高人民(?:法院|检察院).*(?:解释|规定|批复)$")),
    ("case", re.compile(r"诉.*案$|案例$")),
    ("law", re.compile(r"(?:法|法典|.编)$|\b(?:Act|Law|Code)(?:\s+\d{4})?$")),
    (
        "regulation",
        re.compile(
            r"(?:条例|條例|规定|規定|办法|辦法|细则|細則|规则|規則|綱要)$|\b(?:Regulations?|Rules|Ordinance|By-?laws?)\b"
        ),
    ),
    ("notice", re.compile(r"通知$|\bNotice\b")),
    ("circular", re.compile(r"通报$|\bCircular\b")),
    ("opinion", re.compile(r"意见$|\bOpinions?\b")),
    ("decision", re.compile(r"(?:决定|决议)$|\bDecision\b|\bResolution\b")),
    ("plan", re.compile(r"(?:方案|规划|计划|纲要|要点)$|\bPlan$")),
    ("report", re.compile(r"报告$|报告[）)]?$|的报告|\bReport\b")),
    ("reply", re.compile(r"(?:批复|复函|答复)$")),
    ("announcement", re.compile(r"(?:公告|通告)$|\bAnnouncement\b")),
    (
        "guide",
        re.compile(
            r"指南$|指引$|手册$|\b(?:Guide(?:lines?|book)?|Handbook|Manual|Toolkit|Playbook)\b"
        ),
    ),
)
_TYPE_WORDS = {
    "法律": "law",
    "法规": "regulation",
    "命令": "regulation",
    "行政法规": "regulation",
    "地方性法规": "regulation",
    "司法解释": "judicial_interpretation",
    "规章": "regulation",
    "通知": "notice",
    "意见": "opinion",
    "论文": "paper",
    "案例": "case",
    "报告": "report",
}
_CONGRESS = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,12}?)?第[一二三四五六七八九十百\d]+届(?P<nation>全国)?"
    r"(?P<body>人民代表大会(?:常务委员会)?)"
)
_BODIES = re.compile(
    r"中共中央、国务院|中共中央办公厅、国务院办公厅|国务院办公厅|最高人民法院|最高人民检察院|"
    r"(?:中华人民共和国)?国务院|中共中央|[\u4e00-\u9fff]{2,10}(?:省|市|自治区|区|县)人民政府(?:办公[厅室])?"
)
# Who made a law of Taiwan public, by the last order in its history.
_ORDERED = re.compile(
    r"[民⺠][国國][^\n年]{1,6}年[^\n日]{2,8}日\s*(?P<body>[总總][统統]|[\u4e00-\u9fff]{2,6}?[部署局])"
    r"\s*(?:[（(]|[\u4e00-\u9fff]{1,8}字第)"
)
_PRESIDENT = re.compile(r"\bPresidential Order\b")
_SPEECH = re.compile(
    r"我代表(?P<body>[^，。\s]{2,20}?)，?向(?:大会|本次大会|会议)(?:报告(?P<what>[^，。]{2,12}?)工作|作报告)"
)
_WORK_YEAR = re.compile(r"(?P<year>\d{4})年[^\n]{0,6}工作任务")
_PUBLISHED = re.compile(
    r"(?:online published|published(?: online)?|publication date|accepted|received|"
    r"last updated|updated|date)[:：]?\s*(?:in|on)?\s*",
    re.I,
)
# The imprint of a web publication stands near its end.
_IMPRINT = re.compile(
    r"(?:last updated|first published|published)(?: on| in|:)? (?P<said>[\w ,]{4,25})", re.I
)
_IMPRINT_CHARACTERS = 1_500
_OF_ALL_CHINA = re.compile(r"^(?:中华人民共和国|全国|国务院|中共中央|最高人民)")


@dataclass(frozen=True, slots=True)
class Description:
    """The fields found for a document, and the headings that are its title."""

    fields: dict[str, str]
    title_blocks: tuple[Block, ...]


def describe(source: Source, blocks: Sequence[Block]) -> Description:
    """Everything that the text, the reader and the curator say of the document.

    What a curator gave in front matter or a sidecar wins over what the reader found in the
    page, and that over what is guessed from the text.
    """
    known = _text(source.given.get("title") or source.fields.get("title"))
    title_blocks = _repeated(source.text, blocks, known) or _title_blocks(source.text, blocks)
    guessed = _guess(source, blocks, title_blocks)
    for found in (source.fields, source.given):
        guessed |= {key: _text(found[key]) for key in FIELDS if _text(found.get(key))}
    for key in ("date", "effective"):
        guessed[key] = to_iso(guessed.get(key, ""))
    if guessed.get("number"):
        guessed["number"] = document_number(guessed["number"]) or guessed["number"]
    guessed["language"] = _language(guessed.get("language", ""), source.text)
    guessed["type"] = _TYPE_WORDS.get(guessed["type"], guessed["type"])
    if guessed["type"] in ACT_TYPES and not guessed["effective"]:
        promulgated = first_promulgated(source.text) or guessed["date"]
        guessed["effective"] = taking_effect(source.text, promulgated)
    return Description(guessed, title_blocks)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(item) for item in value if item)
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _language(given: str, text: str) -> str:
    code = given.lower().replace("_", "-").split("-")[0]
    return {"zh": "zh", "cn": "zh", "chinese": "zh", "中文": "zh", "en": "en", "english": "en"}.get(
        code, detect(text)
    )


def _guess(
    source: Source, blocks: Sequence[Block], title_blocks: tuple[Block, ...]
) -> dict[str, str]:
    text = source.text
    title = _text(source.given.get("title") or source.fields.get("title"))
    title = title or _title(text, title_blocks)
    around = [text[b.start : b.end] for b in blocks[:_HEAD_BLOCKS] if b.kind == "furniture"]
    head = [line for block in around for line in block.split("\n")]
    enacted, effective = history(head)
    speech = _speech(text, blocks)
    title = title or speech.get("title", "")
    return {
        "title": title,
        "type": _type(text, blocks, title),
        "issuer": speech.get("issuer") or _issuer(title, head),
        "number": document_number("\n".join([title, *head])),
        "date": enacted or _date(title, head, text) or speech.get("date", ""),
        "effective": effective,
    }


def _title_blocks(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks that are the title: a heading and the part named under it, or title lines."""
    for i, block in enumerate(blocks[:_HEAD_BLOCKS]):
        line = " ".join((block.title or text[block.start : block.end]).split())
        if block.kind == "skip" or _LABELS.fullmatch(line.lower()):
            continue
        if not _title_line(line):
            return ()
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        if following is None:
            return ()
        if block.rank:
            return _title_heading(blocks, block, following)
        more = " ".join(text[following.start : following.end].split())
        return (block, following) if _title_goes_on(line, more) else (block,)
    return ()


def _repeated(text: str, blocks: Sequence[Block], title: str) -> tuple[Block, ...]:
    """The leading blocks that together say a title that is known already."""
    wanted, said, found = _bare(title), "", []
    for block in blocks[:_HEAD_BLOCKS]:
        line = _bare(text[block.start : block.end])
        if wanted and line and wanted.startswith(said + line):
            said += line
            found.append(block)
        elif found:
            break
    return tuple(found) if said and said == wanted else ()


def _bare(text: str) -> str:
    return re.sub(r"[\s\u3000#*_]+", "", text).lower()


def _title_heading(blocks: Sequence[Block], block: Block, following: Block) -> tuple[Block, ...]:
    if following.rank == block.rank and re.search(r"[编章]$", following.title):
        return block, following
    only = sum(other.rank == block.rank for other in blocks) == 1
    return (block,) if only or block.rank >= PLAIN_RANK or block == blocks[0] else ()


def _may_be_title(line: str) -> bool:
    numbered = marker(line) is not None or division_rank(line) > 0
    label = is_known_title(line) or _LABELS.fullmatch(line.lower()) is not None
    return not numbered and not label


def _title(text: str, title_blocks: tuple[Block, ...]) -> str:
    lines = [" ".join((b.title or text[b.start : b.end]).split()) for b in title_blocks]
    marked_up = any(block.rank for block in title_blocks)
    return ("" if lines and has_han(lines[0]) and not marked_up else " ").join(lines)


def _title_line(line: str) -> bool:
    if len(line) > _TITLE_CHARACTERS or ENDS_SENTENCE.search(line) or not _may_be_title(line):
        return False
    return has_han(line) or is_title(line) or len(line.split()) <= 30


def _title_goes_on(line: str, more: str) -> bool:
    """Whether a second line of a Chinese title follows: not a subtitle, date, number or name."""
    if not has_han(line) or not _title_line(more) or _TITLE_ENDS.search(line):
        return False
    return len(more) > _SHORT_LINE and not re.search(r"[（(—\d\u3000]", more)


def _type(text: str, blocks: Sequence[Block], title: str) -> str:
    headings = [block.title for block in blocks if block.rank]
    for kind, pattern in _TYPES[:2]:
        if any(pattern.search(heading) for heading in [title, *headings[:3]]):
            return kind
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", title).strip()
    for kind, pattern in _TYPES[2:]:
        if pattern.search(bare):
            return kind
    known = {heading.strip(":：").lower() for heading in headings}
    if known & {"abstract", "摘要"} and known & {
        "references",
        "参考文献",
        "keywords",
        "introduction",
    }:
        return "paper"
    return "report" if _speech(text, blocks) else "document"


def _issuer(title: str, head: list[str]) -> str:
    for line in head:
        match = _CONGRESS.search(line)
        if match:
            return ("全国" if match["nation"] else match["place"] or "") + match["body"]
    named = re.match(r"(?P<body>[^《》]{2,40}?)关于", title)
    if named and re.search(r"[院府厅室委部局会]$|中央$", named["body"]):
        return named["body"]
    # The body that publishes a regulation is its issuer, not the one that approved it.
    for line in sorted(head, key=lambda line: not re.search(r"公布|发布", line)):
        match = _BODIES.search(line)
        if match:
            return match.group().removeprefix("中华人民共和国")
    orders = _ORDERED.findall("\n".join(head))
    return orders[-1] if orders else "President" if _PRESIDENT.search(" ".join(head)) else ""


def _date(title: str, head: list[str], text: str) -> str:
    """The date of publication in the lines under the title, else a signature's at the end."""
    best = (0, "")
    for line in head:
        for start, iso in find_dates(line):
            said = _PUBLISHED.search(line[max(0, start - 25) : start])
            if not said and not has_han(line) and len(line) > _DATE_LINE:
                continue
            weight = 1 if not said else 3 if "published" in said.group().lower() else 2
            best = max(best, (weight, iso))
    if best[1]:
        return best[1]
    dates = find_dates(title[-20:])
    if dates:
        return dates[-1][1]
    imprint = _IMPRINT.search(text[-_IMPRINT_CHARACTERS:])
    if imprint:
        return to_iso(imprint["said"])
    signature = re.search(r"\n\s*(\d{4}年\d{1,2}月\d{1,2}日)\s*(?:\n|$)", text[-600:])
    return to_iso(signature[1]) if signature else ""


def _speech(text: str, blocks: Sequence[Block]) -> dict[str, str]:
    """What a spoken report says of itself at its opening: who reports on what, for which year."""
    opening = text[: blocks[min(len(blocks), _HEAD_BLOCKS) - 1].end] if blocks else ""
    match = _SPEECH.search(opening)
    if not match:
        return {}
    what = match["what"] or ""
    year = _WORK_YEAR.search("\n".join(block.title for block in blocks if block.rank))
    return {
        "issuer": re.sub(r"^第.*届中央委员会$", "中国共产党\\g<0>", match["body"]),
        "title": f"{what}工作报告" if what else "",
        "date": year["year"] if year else "",
    }


def national(title: str, issuer: str) -> bool:
    """Whether title or issuer show a document of the whole of China."""
    return bool(_OF_ALL_CHINA.match(title) or _OF_ALL_CHINA.match(issuer))

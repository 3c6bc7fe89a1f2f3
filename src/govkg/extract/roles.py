"""What a section is for, read from its headings."""

import re
from typing import Literal

from govkg.model.document import Document, Section

Role = Literal["problem", "cause", "countermeasure", "practice", "outcome", "other", "apparatus"]

# Apparatus is quoted for nothing: front matter of papers, reference lists, contact lines.
_ROLE_PATTERNS: tuple[tuple[Role, str], ...] = (
    (
        "apparatus",
        r"^(references|bibliography|further reading|external links|see also|acknowledg\w+|"
        r"appendix|appendices|secondary sources|software and tools)\b|"
        r"^(resources|keywords?|funding|contents|contacts?|notes|sources)\W*$|"
        r"^(参考文献|注释|目录|附录|关键词|致谢|资助|来源)[:：]?$",
    ),
    (
        "cause",
        r"\bcauses?\b|\breasons? (?:for|of|why)|\broot of\b|\bfactors\b|"
        r"\bwhy (?:do|does|did|are|is|has|have|not|people|residents|owners|citizens)\b|"
        r"原因|成因|根源|何以|因素|为什么(?!要)",
    ),
    ("practice", r"\bmeasures (?:taken|adopted|in place)\b|采取的(?:措施|举措|办法)"),
    (
        "countermeasure",
        r"countermeasure|recommendation|suggestion|\bsolutions?\b|\bremed(?:y|ies)\b|"
        r"^summary of|^lessons\b|启示|小结|"
        r"\bway forward\b|key guidance|\badvice\b|strateg(?:y|ies) for|\bmeasures\b|"
        r"对策|建议|措施|举措|路径|解决(?:办法|方案)|工作任务|重点任务|主要任务",
    ),
    (
        "outcome",
        r"\bresults?\b|\boutcomes?\b|\bimpacts?\b|\beffects?\b|evidence (?:for|of) success|"
        r"\bachievements?\b|influence, outcomes|"
        # "Improve the effect of …" is a task, and 影响力 no effect but a standing.
        r"^(?!加强|完善|健全|推进|推动|提升|提高|巩固|深化|强化|优化|加快|增强|落实|构建)"
        r".*(?:成效|效果|成果|结果|影响(?!力)|成就|回顾)",
    ),
    (
        "practice",
        r"\bexperiences?\b|\bpractices?\b|\bcases?(?: stud(?:y|ies))?\b|\bexamples?\b|"
        r"what was done|how it works|\bimplement(?:ation|ing)\b|"
        r"经验|做法|案例|实践|探索|怎么做",
    ),
    (
        "problem",
        r"\bproblems?\b|\bchallenges?\b|\bdifficult(?:y|ies)\b|\bbarriers?\b|\bissues?\b|\brisks?\b|"
        r"\bdisputed\b|\bcritici?sms?\b|\blow participation\b|\bfailure\b|\binsufficient(?:ly)?\b|"
        r"\black of\b|\bconflicts?\b|问题|困境|困难|挑战|不足|短板|难题|争议|不高|不够",
    ),
    # After the problems: "current situation and problems" is about the problems.
    ("practice", r"\bcurrent situation\b|\boverview\b|现状"),
)
_COMPILED = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLE_PATTERNS)
# A heading that names problems and causes together is an analysis of causes; one that names
# problems and the purpose of what was done opens a description of the problem; one that names
# problems and measures announces neither.
_PURPOSE = re.compile(r"problems? and purpose|问题与目的", re.IGNORECASE)
_BOTH = re.compile(
    r"(?:problems?|challenges?|difficulties|issues) (?:and|&) (?:\w+ )?"
    r"(?:countermeasures?|solutions?|recommendations?|suggestions?|responses?|measures)|"
    r"(?:问题|困境|困难|挑战|难题)(?:与|及|和|、|及其|以及)"
    r"(?:对策|建议|措施|出路|应对|解决办法|解决方案|路径|治理路径)",
    re.IGNORECASE,
)


def heading_role(heading: str) -> Role | None:
    """The role a heading announces, or None where it announces none."""
    text = re.sub(r"^[\d.、()（）一二三四五六七八九十第章节]+\s*", "", heading).strip()
    if _PURPOSE.search(text):
        return "problem"
    if _BOTH.search(text):
        return None
    for role, pattern in _COMPILED:
        if pattern.search(text):
            return role
    return None


def section_role(section: Section) -> Role:
    """The role of the innermost heading that announces one.

    A cause or apparatus section keeps its role below: a subsection named after a weakness is
    there to explain, not to complain.
    """
    roles = [role for heading in section.path if (role := heading_role(heading))]
    if not roles:
        return "other"
    for lasting in ("apparatus", "cause", "countermeasure"):
        if lasting in roles:
            return lasting
    return roles[-1]


def section_roles(document: Document) -> tuple[Role, ...]:
    """One role per section, by position; the document's own title does not count."""
    return tuple(
        section_role(_below_title(section, document.title)) for section in document.sections
    )


def _below_title(section: Section, title: str) -> Section:
    path = tuple(heading for heading in section.path if heading.strip() != title.strip())
    return Section(path, section.level, section.start, section.end)

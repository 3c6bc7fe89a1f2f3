"""Names in a question that the base does not know: persons, programmes, places, documents.

There is no list of all names. A word is taken for one by how it is written (capitals, quotation
marks) or by what stands beside it (书记, 制), and for unknown where no document has it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from govkg.search.corpus import StoredCorpus
from govkg.text.script import simplify
from govkg.text.terms import english_terms

# The commonest surnames, enough for nine persons in ten.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_ROLES = (
    "书记|主任|教授|市长|县长|区长|局长|院长|法官|律师|大姐|阿姨|大妈|大爷|同志|先生|女士|老师|博士|研究员|"
    "委员|代表|队长|所长|校长|记者|总理|主席|镇长|乡长|村长|支书|楼长|理事长|调解员|网格员|社工"
)
_SAYING = (
    "说过|说的|讲过|讲的|提出|提过|认为|主张|谈过|写的|写过|对[^，。？?]{1,20}[说讲看提]|"
    "的(?:观点|看法|说法|文章|理论|建议)|是谁"
)
_DOING = "是?怎|是如何|有(?:什么|哪些)|的|把|在"
_SURNAME = rf"[{_SURNAMES}]"
# Beside a role only names of three characters: of two, too many are words (金牌调解员).
_PERSON = re.compile(
    rf"(?:^|[，。；、：“（的由被听请像和与跟])"
    rf"(?:({_SURNAME}[\u4e00-\u9fff]{{2}})(?=(?:{_ROLES})|(?:{_SAYING}))|"
    rf"({_SURNAME}[\u4e00-\u9fff])(?={_SAYING}))|"
    rf"(?:{_ROLES})({_SURNAME}[\u4e00-\u9fff]{{2}})(?={_DOING}|{_SAYING})"
)
# Somebody with an office who opens the question is who it is about: not a neighbour who does not
# pay, nor an officer who does not act.
_OFFICE = "|".join(
    role
    for role in _ROLES.split("|")
    if role not in {"大姐", "阿姨", "大妈", "大爷", "先生", "女士"}
)
_SUBJECT = re.compile(
    rf"^(?:请问|听说)?(?:({_SURNAME}[\u4e00-\u9fff]{{2}})(?:{_OFFICE})|"
    rf"(?:{_OFFICE})({_SURNAME}[\u4e00-\u9fff]{{2}}))(?![不没要被])"
)
# What is called 模式 or 经验 is mostly described; what is called 制 is mostly named.
_METHOD = re.compile(
    r"(?:^|[，。；、：（的在按用据搞学和与]|什么是|推行|实行|实施)"
    r"((?:(?![有什么哪些的是怎好多几])[\u4e00-\u9fff]){2,3}(?:制|工作法))(?!度)"
)
_QUOTED = re.compile(
    r"[“「『]([\u4e00-\u9fff]{4,12})[”」』](?=行动|计划|工程|项目|模式|工作法|机制)"
)
# Capitals in a row, with the small words that stand within names.
_CAPITAL = r"[A-Z][\w’'&-]*"
_CAPITALS = re.compile(
    rf"\b{_CAPITAL}(?:(?<![’']s)\s+(?:(?:of|to|for|the|de|la|du|van|von)\s+){{0,2}}"
    rf"(?:{_CAPITAL}|\d[\d-]*))*"
)
_POSSESSIVE = re.compile(r"[’']s?$")
_SENTENCE_START = re.compile(r"(?:^|[.?!:]\s+)[\"“]?$")
# A form of address is no part of a name.
_ADDRESSES = frozenset(
    re.findall(r"\w+", "dear mr mrs ms dr sir professor councillor mayor minister president")
)
# Abbreviations, brand names written in a fancy way, days and months.
_NO_NAME = re.compile(
    r"[A-Z]{2,5}s?|\w*[a-z][A-Z]\w*|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|"
    r"March|April|May|June|July|August|September|October|November|December"
)
_WORD = re.compile(r"[A-Za-z][\w’'-]*")
# Article 12 of the Property Management Regulation is read as a reference.
_PARTS = frozenset(["article", "section", "chapter", "part", "schedule", "rule"])
_HEADLINE, _MOST_CAPITALS = 6, 0.6
# Laws and programmes with a number: their words are common, they are not.
_NUMBERED = re.compile(r"\d")
# Where a place's people or manner are named after it: Taiwanese, Philippine.
_STEM_OF_A_PLACE = 5
_WAYS = ("subject", "other", "doubtful")


@dataclass(frozen=True, slots=True)
class UnknownNames:
    """Names that no document has.

    A subject is a person whom the question is about; the `doubtful` are single words, which may
    be anything: a neighbour, a firm, an abbreviation written out.
    """

    subjects: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


class NameFinder:
    """Finds names that no document of one base has."""

    def __init__(
        self,
        corpus: StoredCorpus,
        is_term: Callable[[str, str], bool],
        concepts: Iterable[str],
        places: Iterable[str],
    ) -> None:
        """Takes the documents, whether a language's index has a term, and what labels there are."""
        self._corpus = corpus
        self._is_term = is_term
        self._places = frozenset(_plain(label) for label in places)
        self._labels = self._places.union(_plain(label) for label in concepts)

    def find(self, text: str, language: str) -> UnknownNames:
        """The unknown names of a question in the order in which they are written there."""
        if not self._corpus.rows_in(language):
            return UnknownNames()
        found = list(self._chinese(text) if language == "zh" else self._english(text))
        first = dict(reversed(found))
        names = dict.fromkeys(name for name, _ in found)
        return UnknownNames(*(tuple(n for n in names if first[n] == way) for way in _WAYS))

    def _chinese(self, text: str) -> Iterator[tuple[str, str]]:
        folded = simplify(text)
        for pattern in (_SUBJECT, _PERSON, _METHOD, _QUOTED):
            for match in pattern.finditer(folded):
                group = next(n for n in range(1, pattern.groups + 1) if match.group(n))
                name = match.group(group)
                pairs = [name[i : i + 2] for i in range(len(name) - 1)]
                if not self._is_known(name) and not all(self._is_term("zh", p) for p in pairs):
                    # Simplification keeps every character's place.
                    written = text[slice(*match.span(group))]
                    yield written, "subject" if pattern is _SUBJECT else "other"

    def _english(self, text: str) -> Iterator[tuple[str, str]]:
        written = _WORD.findall(text)
        capitals = sum(word[0].isupper() for word in written)
        if len(written) >= _HEADLINE and capitals > _MOST_CAPITALS * len(written):
            # A headline: its capitals say nothing.
            return
        for match in _CAPITALS.finditer(text):
            words = [_POSSESSIVE.sub("", word) for word in match.group().split()]
            if _SENTENCE_START.search(text[: match.start()]):
                words = self._without_start(words)
            if words and words[0].lower() in _PARTS:
                continue
            while words and (words[0].lower() in _ADDRESSES or not english_terms(words[0])):
                words = words[1:]
            name = " ".join(words)
            if not name or self._is_known(name):
                continue
            if len(words) == 1:
                if self._is_strange(name) and not _NO_NAME.fullmatch(name):
                    yield name, "doubtful"
            elif any(self._is_strange(word) for word in words) or _NUMBERED.search(name):
                yield name, "other"

    def _without_start(self, words: Sequence[str]) -> list[str]:
        """The words without the one that may have a capital because a sentence begins with it."""
        rest = list(words[1:])
        named = bool(rest) and self._is_strange(rest[0]) and bool(english_terms(words[0]))
        return list(words) if named else rest

    def _is_strange(self, word: str) -> bool:
        """Whether no document has an English word, and it is not made from the name of a place."""
        terms = [term for term in english_terms(word) if not term.isdigit()]
        if all(self._is_term("en", term) for term in terms):
            return False
        start = word.lower()[:_STEM_OF_A_PLACE]
        return len(start) < _STEM_OF_A_PLACE or not any(
            label.startswith(start) for label in self._places
        )

    def is_written(self, name: str) -> bool:
        """Whether a document has a name, in whatever case or script."""
        wanted = _plain(name)
        if not wanted.isascii():
            return any(wanted in text for text in self._texts)
        # Oman stands in woman.
        word = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
        return any(wanted in text and word.search(text) for text in self._texts)

    def _is_known(self, name: str) -> bool:
        return _plain(name) in self._labels or self.is_written(name)

    @cached_property
    def _texts(self) -> list[str]:
        """Every document's title and text, folded; made when the first name is looked up."""
        return [_plain(f"{document.title}\n{document.text}") for document in self._corpus.documents]


def _plain(text: str) -> str:
    return simplify(text).lower().replace("’", "").replace("'", "")

"""How a question is put: at home or abroad, what kind of question, and what it is not about.

Everything here reads simplified and traditional Chinese and English alike.
"""

import re
from collections.abc import Iterable
from typing import Literal

from govkg.text.script import simplify

Intent = Literal["why", "what_to_do", "define", "count", "who_did_what", "compare", "general"]
Span = tuple[int, int]

_SETTING_WORDS = {
    "overseas": re.compile(
        # Foreigners, overseas Chinese and foreign languages are no places.
        r"国外|国[(（]境[)）]外|境外(?!人|流动|来)|海外(?!华[侨人]|侨|同胞)|域外|"
        r"外国(?!人|籍|友人|语)|国际(?:上|经验|做法|惯例|比较)|[别他异]国(?!际)|(?:其他|其它|别的)国家|"
        r"(?:西方|发达|欧美|周边)(?:等)?国家|世界各[国地]|港澳(?!台?(?:居民|同胞|人))|"
        r"\boverseas(?! chinese)|\babroad\b|"
        r"\bforeign(?! (?:residents?|nationals?|workers?|languages?|students?|citizens?|born))\b|"
        r"\bother countr(?:y|ies)|"
        r"\binternational(?:ly)?(?! (?:students?|schools?|residents?|communit|trade|organi))\b",
        re.IGNORECASE,
    ),
    "domestic": re.compile(
        r"国内(?!外)|国[(（]境[)）]内(?!外)|境内(?!外)|我国|全国各地|"
        # Violence, waste and helpers are domestic in another sense; the old live at home.
        r"\bdomestic(?! (?:violence|abuse|waste|refuse|rubbish|garbage|help|work|animal|"
        r"appliance|sewage|dispute|quarrel))|"
        r"\b(?:here|back|done|tried|worked|practices?|experiences?|examples?|measures?|"
        r"cities) at home\b|\bat home(?= (?:and|or|rather|versus|than)\b)|"
        r"in (?:mainland )?china\b|\bchinese (?:cit(?:y|ies)|practices?|experiences?|examples?)\b",
        re.IGNORECASE,
    ),
}
# The first frame that a question has says what is wanted: one that asks why and then what to do
# asks why, and one that counts measures asks for a number.
_INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        "compare",
        re.compile(
            # 比较 with an adjective after it is only "rather".
            r"(?:^|[，。？！；：、\s请试想来作做相])比较(?![难多大小少高低好差严乱脏贵慢快紧])|"
            r"(?:和|与|跟|同|、)[^，。？！]{1,30}比较(?![难多大小少高低好差严乱脏贵慢快强弱复常普"
            r"集突明薄老困容特分偏旧新紧尖激落滞混冷轻重])|"
            r"相比|对比|区别(?!对待)|差[别异](?!化)|差距|异同|共同点|不同点|"
            r"(?:有什么|有何|有啥|有哪些|什么地方|哪里)不(?:同|一样)|不同(?:之处|在哪|在于)|"
            r"哪(?:个|种|边|一个|一种)(?:更|比较)?好|孰优|优劣|"
            r"\bcompar(?!abl)|\bdiffer(?:s|ed)?\b|\bdifferences? between\b|"
            r"\bwhat (?:is|are) the (?:main )?(?:differences?|similarit)|"
            r"\b(?:is|are) .{1,80} different from\b|\bversus\b|\bvs\b|\bin common\b|"
            r"\bwhich (?:is|are|one is|works) (?:better|best)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "why",
        re.compile(
            r"为什么|为啥|为何|凭什么|原因|根子|怎么会|怎么回事|"
            r"怎么(?:又|总是?|老是?|还是?没|没人|都没?不?|就不|这么|那么|越来越)|"
            r"怎么不(?=管|交|愿|肯|来|能|行|给|公开|见)|"
            r"(?:怎么|如何|怎样)(?:造成|产生|形成|引起|导致|来)的|"
            r"\bwhy\b|\breasons?\b|\bcauses?\b|\bhow come\b|\bwhat makes\b",
            re.IGNORECASE,
        ),
    ),
    (
        "who_did_what",
        re.compile(
            r"(?:怎么|如何|怎样)(?:做|办|管|治|解决|处理|推开|推动|推行|推进|开展|实施|落实|应对)"
            r"(?:到|成|好)?的|\bhow (?:did|was|were|has|have)\b|"
            r"\bhow do (?:other|foreign) (?:countries|cities|places|communities)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "what_to_do",
        re.compile(
            # 怎么办理 asks for a procedure.
            r"怎么办(?!理)|咋办|怎么解决|如何解决|怎样解决|怎么破|"
            r"what can be done|what (?:can|should|could|must) (?:we|i|one|they|be)\b|"
            r"\bwhat to do\b|\bhow (?:can|to|should|could|do (?:we|i|you))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "define",
        re.compile(
            r"(?<![有为])什么是|什么叫|啥[叫是]|何谓|何为|(?:是什么|是啥|什么|啥)意思|的?定义|的含义|"
            r"指的?是?(?:什么|啥)|\bmeant by\b|\bwhat do(?:es)? .{1,80} mean\b|"
            r"\bdefin(?:e|ition)|\bmeaning of\b",
            re.IGNORECASE,
        ),
    ),
    (
        "count",
        re.compile(
            r"(?<![没無无多管论])多少(?!少)|"
            r"(?:有|共|分|分为|设|设了|需|需要|要|经过)几[个种条项类家处步名]|几[种类条项](?=[？?]|$)|"
            r"\bhow (?:many|much)\b|\bwhat (?:number|share|percentage|proportion) of\b",
            re.IGNORECASE,
        ),
    ),
    (
        "what_to_do",
        re.compile(
            r"对策|措施|办法(?!》)|怎样|如何|(?:怎么|咋)(?!办理|回事|规定|[说写讲算做])|"
            r"\bhow do(?:es)?\b|\bsolve|\bsolution|\bmeasures?\b|\bdeal with|\bwhat helps\b",
            re.IGNORECASE,
        ),
    ),
    (
        "who_did_what",
        re.compile(
            r"怎么做|是怎么|哪些(?:地方|城市|国家|社区)|哪里|做法|经验|谁|"
            r"\bwhat did\b|\bwho\b|\bwhere\b|\bpractices?\b|\bhow (?:is|are)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "define",
        re.compile(
            # A name and 是什么 behind it; what an office needs, rules or did is no definition.
            r"(?<!标准)(?<!流程)(?<!程序)(?<!条件)(?<!内容)(?<!职责)(?<!责任)(?<!要求)(?<!规定)"
            r"(?<!依据)(?<!目的)(?<!作用)(?<![成效]效)(?<![结后效]果)(?<!问题)(?<!关系)(?<!原则)(?<!任务)"
            r"(?<![重难优缺]点)(?<!好处)(?<![这那])是(?:个|一种|一个)?(?:什么|啥)"
            r"(?:东西|组织|机构|概念|制度)?[？?。]*$|"
            r"^what(?:'s|’s| is| are) (?!the\b|done\b|being\b|there\b|your\b|our\b|wrong\b|"
            r"needed\b|known\b|an? (?:good|better|fair)\b)[\w'’-]+(?: [\w'’-]+){0,3}\s*\?*$",
            re.IGNORECASE,
        ),
    ),
)
# Where the asker is, and places that are only not there: no content and no names.
_LOCAL = re.compile(
    r"(?:我们|咱们|咱|俺们|我)(?:这儿|这里|这边|那儿|这块|这)|"
    r"(?:我们|咱们|咱)(?:区(?![别分域])|市(?![场民区])|县|省|镇|乡|街道|社区|小区|村(?![民])|院)|"
    r"我(?:区(?![别分域])|市(?![场民])|县|省|镇|街道)|"
    # 成本市场, 基本地形 and 日本市民 hold them by chance.
    r"(?<![成基资版文日根])本(?:区(?![别分域])|市(?![场民])|县(?!城)|省|镇|街道|社区|小区|地(?![人居籍户]))|"
    r"\b(?:in|of|for|around) (?:our|my) (?:own )?(?:district|city|town|county|village|area)\b|"
    r"\b(?:our|my) (?:district|city|town|county)\b|\baround here\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"外地(?![人户来车务牌籍员])|别处|别的(?:地方|城市|地区|小区|社区)|(?:其他|其它|兄弟)(?:省市|省份|城市|地方|地区)|"
    r"外省市?|外市|\belsewhere\b|\bother (?:cities|places|towns|districts)\b",
    re.IGNORECASE,
)
# How a question is put, which says nothing of what it is about.
_FRAME = re.compile(
    r"怎么[办样做]?|怎样|如何|是?为什么|为何|什么|有?哪些|哪里|哪个|谁|请问|吗|呢|"
    r"有没有|[国境]内外|经验|做法|原因|对策|措施|办法|地方|意思|多少|区别|"
    r"\b(?:practices?|experiences?|measures?|solutions?|reasons?|causes?|differences?|"
    r"meant|definition|many|other countries|anyone|somebody)\b",
    re.IGNORECASE,
)


def asked_setting(text: str) -> str:
    """`domestic`, `overseas`, or `any` where the question names neither or both.

    Another city or province is not overseas: 外地 and "elsewhere" stay `any`.
    """
    named = [setting for setting, words in _SETTING_WORDS.items() if words.search(simplify(text))]
    return named[0] if len(named) == 1 else "any"


def asked_intent(text: str) -> Intent:
    """The kind of question, by its frame."""
    folded = simplify(text).strip()
    return next((intent for intent, frame in _INTENTS if frame.search(folded)), "general")


def local_spans(text: str) -> list[Span]:
    """Where a text says only here (我区, 本地, "our district") or elsewhere (外地), in order."""
    folded = simplify(text)
    found = [match.span() for words in (_LOCAL, _ELSEWHERE) for match in words.finditer(folded)]
    return sorted(found)


def blank(text: str, spans: Iterable[Span]) -> str:
    """The text with spaces for these spans, so that what stood around them stays apart."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def content(text: str) -> str:
    """What a question is about: its text with spaces for the words of asking."""
    left = _FRAME.sub(" ", simplify(blank(text, local_spans(text))))
    for words in _SETTING_WORDS.values():
        left = words.sub(" ", left)
    return left

"""What the articles of a law lay down: remedies, duties and prohibitions, and against what.

A remedy names a case in its condition ("who does not pay in time, ...") and what shall or may be
done in its consequence. What an act is for, what it covers, what its words mean, who shall make
further rules and from when it applies are no norms.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from govkg.extract.articles import Article, Provision, without_number
from govkg.text.script import simplify

NormKind = Literal["remedy", "duty", "prohibition"]

_NO_NORM = {
    "zh": re.compile(
        r"制定本|订定本|适用本|适用于|参照本[^，。]{0,4}执行|是指|系指|所称|用语|定义|另行(?:制定|规定)|"
        r"(?:具体)?(?:办法|标准|细则|准则|规范)[^，。]{0,6}由[^，。]{2,40}(?:制定|规定|定之|订定)|"
        r"由[^，。]{2,40}(?:制定|定之|订定)。?$|(?:起|之日|日)施行|同时废止|本(?:条例|法|办法|规定)施行前|"
        r"(?:坚持|遵循|贯彻|实行)[^。：]{2,80}(?:原则|方针)[。：]?$|不受[^。]{2,30}限制|有下列(?:权利|职权)|依照(?:其|有关)规定。?$"
    ),
    "en": re.compile(
        r"\bis enacted\b|are being enacted|shall come into (?:force|effect)|shall take effect|"
        r"\brefers? to\b|\bmeans\b|as referred to in|terms used|apply mutatis mutandis|"
        r"shall (?:establish|prescribe|formulate) the (?:regulations|rules|enforcement)|"
        r"shall be (?:prescribed|established|stipulated|determined) by the \w+ ?\w* ?authorit|"
        r"competent authority (?:referred to )?in th|scope of application|before (?:this|"
        r"the) act took",
        re.IGNORECASE,
    ),
}
# What names a wrong, a failure or a quarrel in a condition.
_WRONG = {
    "zh": re.compile(
        r"违反|违法|违规|违章|不(?!得)|未|擅自|拒|逾期|非法|侵|损|妨|破坏|虚假|隐瞒|挪用|占用|堵塞|纠纷|争议|矛盾|投诉|"
        r"举报|隐患|危[及险害]|失管|拖欠|欠|伪造|泄露|滥用|推诿|敷衍|异议|阻|扰|乱|骗|抛|丢弃|逃|怠|积欠|达不成|"
        r"下列(?:行为|情形)"
    ),
    "en": re.compile(
        r"violat|fail|refus|neglect|unlawful|illegal|unauthori[sz]|without|late\b|arrear|overdue|"
        r"default|damage|obstruct|block|misus|dispute|disagree|endanger|hazard|nuisance|cannot|"
        r"unable|\bnot\b|\bno\b|delay|false|conceal|abandon|breach|contraven|disturb|hinder|evad",
        re.IGNORECASE,
    ),
}
_CONSEQUENCE = (
    r"应当|应该|应予|应(?![用对急])|可以|可(?=[请向处]|并处)|有权|得(?![到以出不])|责令|罚款|罚锾|处分|处罚|处以?|给予|由|"
    r"不予|不得|承担|予以|没收|吊销|追究|支持|限期|须|撤销|负"
)
_CONDITION_ZH = re.compile(
    rf"(?P<c>.{{4,}}?(?:的|者|时))[，,](?P<q>(?!或者?|以及|并且|且|和|经).{{0,70}}?(?:{_CONSEQUENCE}).*)",
    re.S,
)
_ABOUT_ZH = re.compile(
    r"(?P<c>(?:对于?|因|就|发现|接到|遇有|发生|出现|针对)[^，。；：]{2,90}(?:行为|问题|纠纷|争议|矛盾|投诉|举报|隐患|事故)"
    r"[^，。；：]{0,24}?)(?:[，,]|(?=应当|可以|应予|有权|不得))"
    rf"(?P<q>[^。]{{0,60}}?(?:{_CONSEQUENCE}).*)",
    re.S,
)
# "Who asks for X is upheld by the court": the measure is what is asked for.
_CLAIM_ZH = re.compile(
    r"(?P<c>.{4,}?)，(?P<q>[^，；]{0,12}(?:请求|主张)[^；]{4,120}?的[，,]人民法院(?:应当?|应)(?:予以?)?支持.*)",
    re.S,
)
# Goes on with the case of the clause before it, at a later stage.
_GOES_ON_ZH = re.compile(
    r"(?:逾期|拒不|仍|情节|情况|构成|造成|经[^，]{2,14}[仍后]|再次|属于|其中|(?:单位|个人)有|对直接|有违法所得|尚不|"
    r"违法所得|必要时|也可|并|但|对拒不|屡|对[^，]{0,8}拒|后果|严重)"
)
_PROHIBITED_ZH = re.compile(
    r"(?:不得|禁止|严禁|不准)[^。；：]{4,}|(?:不得|禁止|"
    r"严禁)[^。；]{0,20}：$"
)
# When a case arises is not the wrong that it names.
_CIRCUMSTANCE_ZH = re.compile(r"[^，。；]{2,60}(?:期间|之?前|之?后)，")
# A pretext is not what is forbidden.
_PRETEXT_ZH = re.compile(r"以[^。；]{2,40}为由")
_DUTY_ZH = re.compile(r"(?:应当|应该|必须|应(?![用对急])|须|负责)[^。]{4,}", re.S)
_LISTS_ZH = re.compile(r"下列|以下|如下|左列")

_MODAL = r"(?:shall|may|must|should|can|will|(?:is|are) (?:required|entitled|liable|to be))\b"
_IF_EN = re.compile(
    r"(?:However, |Otherwise, |Provided that )?(?P<c>(?:If|When|Where|Whenever|Should|In case|"
    r"In the "
    r"event|Once|Upon|In respect of|For)\b.{8,}?),\s+(?P<q>(?!and |or |which |who |whether |"
    rf"including )[^,;]{{0,140}}?\b{_MODAL}.*)",
    re.S,
)
_WHO_EN = re.compile(
    r"(?P<c>(?:Any|A|An|The|Those|Whoever|Persons?|Owners?|Inhabitants?|Every)\b[^.;]{0,90}?\b(?:who|"
    rf"that|which|failing|violating|Whoever)\b[^.;]{{8,}}?)\s(?P<q>{_MODAL}.*)",
    re.S,
)
_TRAILING_EN = re.compile(
    rf"(?P<q>[^;]{{10,}}?\b{_MODAL}[^;]{{4,}}?)\s(?:if|where|when|in case of|"
    rf"in the event of)\s(?P<c>.+)",
    re.S,
)
_PROHIBITED_EN = re.compile(
    r"(?:may|shall|must) not (?!have |apply|be (?:subject|bound|regarded|calculated|"
    r"included)).{6,}|"
    r"(?:is|are) (?:prohibited|forbidden).*|^No \w[^.;]{4,60}? (?:may|shall|should) .*",
    re.S,
)
_DUTY_EN = re.compile(r"\b(?:shall(?! not)|must(?! not)|(?:is|are) required to)\s+.{6,}", re.S)
_LISTS_EN = re.compile(r"following|below", re.IGNORECASE)
_PROHIBITED = {"zh": _PROHIBITED_ZH, "en": _PROHIBITED_EN}
_DUTY = {"zh": _DUTY_ZH, "en": _DUTY_EN}
_LISTS = {"zh": _LISTS_ZH, "en": _LISTS_EN}
_BEFORE = {
    "zh": re.compile(r"前(?:款|项|[一二两三四]款|[一二两三四]项)|第[一二三四]款"),
    "en": re.compile(r"preceding paragraphs?|Paragraphs? \d", re.IGNORECASE),
}
# Words of a reference, which name no breach by themselves.
_REFERENCE = {
    "zh": re.compile(
        r"违反|本(?:条例|法|办法|规定)|第[一二三四五六七八九十百零\d]+[条条款项]|前(?:[一二两三四])?[款项条]|规定|"
        r"[、，,之的者有行为情形]"
    ),
    "en": re.compile(
        r"\b(?:if|when|any|an?|the|should|is|are|in|of|found|to be|violat\w+|violation|"
        r"regulations?|"
        r"set forth|inhabitant|unit owner|preceding|paragraphs?|articles?|\d+|or|and|"
        r"subparagraphs?|"
        r"provisions?|this|act|referred|stipulated|specified|prescribed|been|has|have|who|with)\b",
        re.IGNORECASE,
    ),
}
_OWN_WORDS = {"zh": 6, "en": 14}


@dataclass(frozen=True, slots=True)
class Norm:
    """What a law lays down, in words that stand at [start, end) of the document, one passage.

    `condition` is the case that it answers, in its own words or those of the provision it refers
    to; of a prohibition, what is forbidden; of a duty, nothing. `consequence` is what shall be
    done. `whole` is false where the words of the case and of the consequence stand too far apart
    to be quoted together: then the case is quoted.
    """

    kind: NormKind
    provision: Provision
    start: int
    end: int
    condition: str
    consequence: str
    whole: bool = True

    @property
    def language(self) -> str:
        """The language of the passage."""
        return self.provision.passage.language


def read_norms(article: Article) -> Iterator[Norm]:
    """The norms of an article in order."""
    for provision in article.provisions:
        language = provision.passage.language
        text = simplify(provision.text)
        if _NO_NORM[language].search(text):
            continue
        if provision.lead is not None:
            yield from _item(provision, text, provision.lead)
        elif not text.endswith(("：", ":")):
            for norm in _sentence(provision, text):
                yield _resolved(norm, article)


def _sentence(provision: Provision, text: str) -> Iterator[Norm]:
    """The norms of a sentence, or of an item's words read as one."""
    if provision.passage.language == "en":
        found = _english(provision, text)
        yield from [found] if found else []
        return
    for left, right in _cases(text):
        found = _chinese(provision, text[left:right])
        if found:
            yield replace(found, start=provision.start + left, end=provision.start + right)


def _item(provision: Provision, text: str, lead: Provision) -> Iterator[Norm]:
    """An item: a case, a forbidden act or a duty, as the sentence that leads in to it says."""
    opening, language = simplify(lead.text), provision.passage.language
    if _NO_NORM[language].search(opening):
        return
    words = without_number(text).rstrip("；;。. ")
    remedies = [norm for norm in _sentence(provision, words) if norm.kind == "remedy"]
    if remedies:
        # The item with its number is what is quoted.
        for norm in remedies:
            yield replace(norm, start=provision.start, end=provision.end)
        return
    together = lead.passage == provision.passage
    start = lead.start if together else provision.start
    kind, consequence = _opened(opening, words, language)
    if kind:
        case = "" if kind == "duty" else words
        yield Norm(kind, provision, start, provision.end, case, consequence, together)


def _opened(opening: str, words: str, language: str) -> tuple[NormKind | None, str]:
    """What a lead-in makes of its items, and what it says shall be done about them."""
    case = (_CONDITION_ZH if language == "zh" else _IF_EN).match(opening)
    if case and _LISTS[language].search(opening):
        return "remedy", case["q"].rstrip("：:")
    if _PROHIBITED[language].search(opening) or words.startswith("Not to "):
        return "prohibition", ""
    return ("duty", words) if _DUTY[language].search(opening) else (None, "")


def _cases(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a sentence between semicolons, each with those that go on with its case."""
    start = 0
    for match in re.finditer(r"[；;]\s*", text):
        if not _GOES_ON_ZH.match(text, match.end()):
            yield start, match.start() + 1
            start = match.end()
    if start < len(text):
        yield start, len(text)


def _chinese(provision: Provision, said: str) -> Norm | None:
    start, end = provision.start, provision.end
    case = _CLAIM_ZH.match(said) or _CONDITION_ZH.match(said) or _ABOUT_ZH.search(said)
    named = _CIRCUMSTANCE_ZH.sub("", case["c"]) if case else ""
    if case and _WRONG["zh"].search(named):
        return Norm("remedy", provision, start, end, named, case["q"])
    if _PROHIBITED["zh"].search(said) and not case:
        return Norm("prohibition", provision, start, end, _PRETEXT_ZH.sub("", said), said)
    if _DUTY["zh"].search(said):
        return Norm("duty", provision, start, end, "", said)
    return None


def _english(provision: Provision, text: str) -> Norm | None:
    start, end = provision.start, provision.end
    case = _IF_EN.match(text) or _WHO_EN.match(text) or _TRAILING_EN.match(text)
    if case and _WRONG["en"].search(case["c"]):
        return Norm("remedy", provision, start, end, case["c"], case["q"])
    forbidden = _PROHIBITED["en"].search(text)
    if forbidden and not case:
        return Norm("prohibition", provision, start, end, forbidden.group(), text)
    return Norm("duty", provision, start, end, "", text) if _DUTY["en"].search(text) else None


def _resolved(norm: Norm, article: Article) -> Norm:
    """The norm with the words of the paragraph before it where its case only refers to that."""
    language = norm.language
    own = re.sub(r"\s", "", _REFERENCE[language].sub("", norm.condition))
    before = article.paragraph(norm.provision.paragraph - 1)
    refers = _BEFORE[language].search(norm.condition) and len(own) < _OWN_WORDS[language]
    if norm.kind != "remedy" or not refers or not before:
        return norm
    together = before[0].passage == norm.provision.passage
    return replace(
        norm,
        condition=" ".join(simplify(one.text) for one in before),
        start=before[0].start if together else norm.start,
        whole=together,
    )

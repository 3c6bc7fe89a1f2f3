"""Discourse cues: the words by which a sentence says what it is doing."""

import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

CueKind = Literal[
    "because",
    "leads_to",
    "reason",
    "weakness",
    "proposal",
    "advice",
    "duty",
    "done",
    "result",
    "amount",
    "purpose",
    "intent",
    "says",
]

# `because`: what follows is the cause. `leads_to`: what follows is the effect. `reason`: the
# sentence as a whole states a reason. `advice`: what the author would have done, the surest of
# proposals; "must" is none, for it describes rules elsewhere too. `amount`: a result if there is
# a figure. `intent`: a hope or aim, so no result is reported.
ENGLISH_CUES: dict[CueKind, str] = {
    "because": "because|because of|due to|owing to|caused by|stems from|as a result of|given that|"
    "attributable to|on account of|as they|since the|reason is",
    "leads_to": "leads to|lead to|led to|leading to|results in|result in|resulted in|resulting in|"
    "gives rise to|brings about|which makes|so that|thus|therefore|as a consequence|causing|"
    "which led to|which will result in|which in turn|hence|form a vicious|to the detriment of",
    "reason": "reason for|reasons for|reason why|reasons why|is also one of the reasons|"
    "root cause|the cause of|explained by",
    "weakness": "lack|lacks|lacking|lack of|lacked|insufficient|insufficiently|not enough|"
    "inadequate|difficult|difficulty|difficulties|unwilling|reluctant|fail|fails|failure|failed|"
    "weak|problem|problems|shortage|poor|poorly|conflict|conflicts|dispute|disputes|"
    "dissatisfied|dissatisfaction|cannot|unable|unclear|not clear|low|limited|barrier|"
    "barriers|challenge|challenges|refuse|refused|refuses|ineffective|underfunded|overlap|"
    "not active|not high|apathy|mistrust|distrust|slow|burden|neglect|misappropriation|"
    "opaque|vague|outdated|backward|imperfect|hampering|controversial|delay|delays",
    "proposal": "should|should be|must|need to|needs to|it is necessary|is necessary to|recommend|"
    "recommends|recommended|propose|proposes|proposed|ought to|can be encouraged|encourage|"
    "suggest|suggests|it is important to|can try|firstly|secondly|thirdly|fourthly",
    "advice": "should|should be|it is necessary|is necessary to|recommend|recommends|recommended|"
    "propose|proposes|ought to|can be encouraged|suggest|suggests|can try",
    "duty": "shall|must|may not|is prohibited|are prohibited|is required to|are required to",
    "done": "has established|have established|established|set up|has set up|has built|introduced|"
    "implemented|launched|carried out|adopted|created|piloted|organised|organized|appointed|"
    "has reformed|focuses on|focused on|requires|provides|is responsible for|was set up|"
    "through|by means of|began|started|merged|divided|elected",
    "result": "as a result|increased|decreased|reduced|improved|rose|fell|grew|"
    "achieved|succeeded|led to|covered",
    "amount": "per cent|percent|more than|full coverage|reported",
    "purpose": "in order to|so as to|with the aim of|aims to|to address|to solve|to tackle|"
    "to reduce|to improve|to ensure|to encourage|to resolve|for the purpose of|helps to",
    "intent": "will|would|aims to|aim to|hope|hopes|goal|goals|to ensure|ensure that|plans to|"
    "in order to|so as to|intended|expected to|should|can be|could",
    "says": "said|stressed|pointed out|stated that|according to|quoted",
}
CHINESE_CUES: dict[CueKind, str] = {
    "because": "由于|因为|源于|归因于|受制于|缘于|是因为|在于|原因是",
    "leads_to": "导致|造成|致使|使得|引发|引起|从而|因此|以致|容易产生",
    "reason": "原因是|的原因|主要原因|根本原因|究其原因|根源",
    "weakness": "不足|缺乏|缺少|不愿|不高|不到位|薄弱|滞后|"
    "矛盾|问题|不够|不健全|不规范|困难|难以|难点|"
    "不畅|不清|不明|冷漠|拖欠|欠缴|纠纷|投诉|短缺|失灵|"
    "缺位|缺失|流于形式|空白|挪用|擅自|难题|停滞|推诿|"
    "不透明|不公开|老化|不积极|没有",
    "proposal": "应当|应该|建议|需要|必须|要加强|要健全|要完善|要推进|要坚持|有必要|可以探索|鼓励|"
    "加强|健全|完善|推进|推动|引导|支持|加快|深化|构建|强化",
    "advice": "应该|建议|有必要|可以探索|要加强|要健全|要完善|要推进|要坚持",
    "duty": "应当|不得|禁止|必须|可以|有权|负责",
    "done": "建立了|建立|开展|实施|推行|探索|推出|设立|成立|"
    "组建|引入|采用|采取|制定|打造|试点|聘请|选举|"
    "划分|公开|公示",
    "result": "提高到|提升到|下降到|下降了|增长了|实现了|"
    "达成|取得|化解了|解决了|成效|减少了|降至|升至",
    "amount": "下降|增长|提高|提升|达到|覆盖|超过|减少|降低",
    "purpose": "为了|为解决|为破解|以便|旨在|着力解决|针对",
    "intent": "将|旨在|力争|争取|目标|有望|以期|为了|要|希望|确保|计划|拟",
    "says": "指出|强调|表示|认为|曾说",
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at `text[start:end]`."""

    kind: CueKind
    start: int
    end: int


def find_cues(text: str, language: str) -> tuple[Cue, ...]:
    """All cues of a sentence in order; offsets are within the text given."""
    nlp, matcher = _matcher("zh" if language == "zh" else "en")
    parsed = nlp.make_doc(text)
    cues = {
        Cue(nlp.vocab.strings[key], parsed[start:end].start_char, parsed[start:end].end_char)
        for key, start, end in matcher(parsed)
    }
    return tuple(sorted(cues, key=lambda cue: (cue.start, cue.end, cue.kind)))


@lru_cache(maxsize=2)
def _matcher(language: str) -> tuple[Any, Any]:
    spacy = _spacy()
    nlp = spacy.blank(language)
    matcher = spacy.matcher.PhraseMatcher(nlp.vocab, attr="LOWER" if language == "en" else "ORTH")
    for kind, phrases in (ENGLISH_CUES if language == "en" else CHINESE_CUES).items():
        matcher.add(kind, [nlp.make_doc(phrase) for phrase in phrases.split("|")])
    return nlp, matcher


def _spacy() -> Any:
    # spaCy's thinc loads torch wherever it finds it; blank pipelines never use it, and it costs
    # seconds and hundreds of megabytes, so it is not to be found while spaCy loads.
    hide = "torch" not in sys.modules
    if hide:
        sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        import spacy
        import spacy.matcher
    finally:
        if hide:
            del sys.modules["torch"]
    return spacy

"""Whether a sentence on an outcome says that it did not come about."""

import re

from govkg.text.language import detect
from govkg.text.script import simplify

# Whole phrases, so that "residents did not know" and "not only reduced" are none of them.
_DENIES = {
    "zh": re.compile(
        r"未见(?:明显)?(?:成效|效果|起色|改善|好转)|(?:成效|效果|作用|收效)(?:并)?不(?:明显|显著|大|佳|理想|彰|好)|收效甚微"
        r"|(?:没有|并未|未能|未)(?:明显|显著|有效|真正|取得|收到|达到|产生|起到|见到)*"
        r"(?:成效|效果|作用|改善|缓解|减少|降低|提高|提升|解决|改变|起色|好转)"
        r"|无(?:明显|显著)(?:成效|效果|改善|变化|差异|影响|提升)"
    ),
    "en": re.compile(
        r"\b(?:no|little|hardly any) (?:(?:significant|measurable|clear|lasting|visible|real|"
        r"discernible|statistically significant) )?"
        r"(?:effect|impact|improvement|change|difference|reduction)\b"
        r"|\b(?:did not|didn['’]t|has not|have not|could not|failed to|fails to) "
        r"(?:significantly |measurably |really |noticeably )?"
        r"(?:reduced?|improved?|solved?|resolved?|lower(?:ed)?|eased?|cut|increased?|raised?|"
        r"curb(?:ed)?|help(?:ed)?|work(?:ed)?|achieved?|changed?)\b",
        re.IGNORECASE,
    ),
}


def denies_success(sentence: str) -> bool:
    """Whether a sentence says that something had no effect, or did not do what it was to do."""
    return bool(_DENIES[detect(sentence)].search(simplify(sentence)))

"""Tells Chinese from English by the share of Han characters."""

import re
from typing import Literal

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")
# A Chinese text of the same content is about a third as long as its English version, so a
# text that is half and half by content has about a quarter of Han characters.
_HAN_SHARE = 0.2


def has_han(text: str) -> bool:
    """Whether the text holds at least one Han character."""
    return _HAN.search(text) is not None


def han_count(text: str) -> int:
    """The number of Han characters in the text."""
    return len(_HAN.findall(text))


def detect(text: str) -> Literal["zh", "en"]:
    """`zh` where Han characters are at least a fifth of the letters of the text, else `en`."""
    han = han_count(text)
    if not han:
        return "en"
    letters = len(_LETTER.findall(text))
    return "zh" if han >= _HAN_SHARE * (han + letters) else "en"

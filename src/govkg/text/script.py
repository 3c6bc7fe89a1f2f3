"""Folds traditional Chinese characters to simplified ones, for matching only."""

from functools import lru_cache

from opencc import OpenCC

from govkg.text.language import has_han


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplify(text: str) -> str:
    """The text in simplified characters, of the same length: offsets stay valid.

    Characters whose simplified form is not a single character stay as they are.
    """
    if not has_han(text):
        return text
    folded: str = _converter().convert(text)
    if len(folded) == len(text):
        return folded
    return "".join(_simplify_character(character) for character in text)


@lru_cache(maxsize=10_000)
def _simplify_character(character: str) -> str:
    folded: str = _converter().convert(character)
    return folded if len(folded) == 1 else character

"""The clauses of a sentence: a list of grievances names a different one in each."""

import re

# Where one statement ends and the next begins, roughly: marks, and the words that join clauses.
_BREAKS = {
    "en": re.compile(
        r"[;:,–—]\s+|\s+(?:because|so that|in order to|which|and|but|resulting in|due to|while)\s+"
    ),
    "zh": re.compile(r"[，；：、,;:]"),
}
# A shorter piece is no statement: three words, four Han characters.
_MIN_LENGTH = {"en": 3, "zh": 4}


def clauses(text: str, language: str) -> list[str]:
    """The pieces of a sentence that are long enough to say something; none if it is one piece."""
    pieces = [piece.strip(" .。") for piece in _BREAKS[language].split(text)]
    long = [piece for piece in pieces if _length(piece, language) >= _MIN_LENGTH[language]]
    return long if len(pieces) > 1 else []


def _length(piece: str, language: str) -> int:
    return len(piece.split()) if language == "en" else len(piece)

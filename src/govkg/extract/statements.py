"""Sentences as statements: where they stand, what their section is for, which cues they carry."""

import re
from dataclasses import dataclass

from govkg.extract.cues import Cue, CueKind, find_cues
from govkg.extract.roles import Role, section_roles
from govkg.model.document import Document, Passage
from govkg.text.language import detect
from govkg.text.segmentation import sentences

# A reference entry, a table of contents or page furniture is evidence of nothing.
_EVIDENCE_KINDS = frozenset({"prose", "article", "list", "table"})
# An entry of a reference list that stands among prose: [3] Name, Title, 2012.
_REFERENCE = re.compile(r"\s*\[\d+\]\s.*(?:(?:19|20)\d{2}\b|https?://)", re.DOTALL)
_LAWGIVING = re.compile(r"制定本(?:条例|法|办法|规定|细则)")
# Shorter than this a sentence is a fragment left over by layout.
_MIN_CHARACTERS = {"zh": 8, "en": 20}


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a passage; offsets are those of the document."""

    passage: Passage
    start: int
    end: int
    text: str
    role: Role
    cues: tuple[Cue, ...]

    def has(self, *kinds: CueKind) -> bool:
        """Whether the sentence carries a cue of one of these kinds."""
        return any(cue.kind in kinds for cue in self.cues)

    @property
    def asserts(self) -> bool:
        """Whether the sentence says something: no question, no clause on why a law is made."""
        return not self.text.rstrip("”\"'） )").endswith(("?", "？")) and not _LAWGIVING.search(
            self.text
        )

    @property
    def language(self) -> str:
        """The language of the sentence, which may stand in a passage of the other."""
        return detect(self.text)


def read_statements(document: Document) -> tuple[Statement, ...]:
    """All sentences of a document that can be evidence, in order."""
    roles = section_roles(document)
    found = []
    for passage in document.passages:
        role = roles[passage.section]
        if passage.kind not in _EVIDENCE_KINDS or role == "apparatus":
            continue
        if _REFERENCE.match(passage.text):
            continue
        for start, end in sentences(passage.text, passage.language):
            text = passage.text[start:end]
            if len(text) >= _MIN_CHARACTERS[passage.language]:
                cues = find_cues(text, passage.language)
                offset = passage.start
                found.append(Statement(passage, offset + start, offset + end, text, role, cues))
    return tuple(found)

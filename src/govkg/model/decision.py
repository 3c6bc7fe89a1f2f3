"""What a curator decided: on which claim, in which words of which document, why, who and when."""

import json
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from govkg.model.identifiers import sha256

Action = Literal["accept", "reject", "correct", "merge", "promote"]
TermKind = Literal["concept", "document", "practice", "place", "candidate", "text", "iri"]
State = Literal["applied", "waiting", "superseded", "stale", "error"]
ACTIONS: tuple[Action, ...] = get_args(Action)
TERM_KINDS: tuple[TermKind, ...] = get_args(TermKind)
# The most a curator vouches for: who reads the quotation may still disagree.
REVIEWED_CONFIDENCE = 0.99


@dataclass(frozen=True, slots=True)
class Term:
    """A thing named by its content, so that the name holds whatever IRIs a build mints.

    `key` is one text: a concept's notation, a document's key, a place's code, the text itself, an
    IRI. A candidate has three: kind, document key and its words; a practice has the parts of its
    identity key, with a place by its code.
    """

    kind: TermKind
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimName:
    """A claim by the names of its parts."""

    subject: Term
    predicate: str
    object: Term


@dataclass(frozen=True, slots=True)
class Correction:
    """What a claim should have been; None and empty texts keep what it is."""

    subject: Term | None = None
    predicate: str = ""
    object: Term | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A concept that a candidate becomes.

    `labels` are (kind, language, text) with kind pref or alt, `definitions` (language, text);
    `broader` is a notation or empty.
    """

    notation: str
    labels: tuple[tuple[str, str, str], ...]
    broader: str = ""
    definitions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a decision besides its author, and when (ISO 8601 day)."""

    author: str
    date: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One curator's decision, on one piece of evidence or, without quotation, on a whole claim.

    `name` is its file's, without ending; `date` an ISO 8601 day; `supersedes` names an earlier
    decision on the same thing that it takes back.
    """

    name: str
    action: Action
    claim: ClaimName
    reason: str
    author: str
    date: str
    document: str = ""
    quote: str = ""
    correction: Correction | None = None
    into: str = ""
    proposal: Proposal | None = None
    signed: tuple[Signature, ...] = ()
    supersedes: str = ""

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise ValueError(f"unknown decision: {self.action}")
        if bool(self.document) != bool(self.quote):
            raise ValueError("a decision on evidence needs both document and quote")

    @property
    def thing(self) -> tuple[str, str, ClaimName]:
        """What it is about; of several decisions on one thing the last counts."""
        return (self.document, self.quote, self.claim)

    @property
    def identity(self) -> str:
        """64 hexadecimal digits over all that was decided; later signatures do not change it."""
        content = asdict(self)
        for name in ("name", "signed"):
            del content[name]
        return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True))

    @property
    def authors(self) -> tuple[str, ...]:
        """All who signed it, its author first, each once."""
        return tuple(dict.fromkeys([self.author, *(one.author for one in self.signed)]))


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision as it stands in one build.

    `claim` is the IRI of the claim it is about; `judged` and `made` are the IRIs of the evidence
    it was applied to and of what it brought about; `replaces` names the decisions that it
    supersedes. `message` says in one line what became of it and, where needed, what to do.
    """

    decision: Decision
    state: State
    message: str
    claim: str = ""
    judged: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()

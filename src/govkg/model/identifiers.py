"""Identifiers are hashes of an identity key, so the same thing gets the same IRI in every build."""

import hashlib
from dataclasses import dataclass

DEFINITIONS = "https://w3id.org/govkg/def#"
DEFAULT_BASE = "https://w3id.org/govkg/id/"
_SEPARATOR = "\x1f"
# 64 bits: about one collision chance in 10^8 for a million things of one kind.
_HASH_CHARACTERS = 16


def sha256(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Minter:
    """Mints IRIs `{base}{kind}-{hash}` from the parts of an identity key."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not self.base.startswith(("http://", "https://")) or self.base[-1] not in "/#":
            raise ValueError(f"base IRI must be http(s) and end in / or #: {self.base!r}")

    def __call__(self, kind: str, *key: str) -> str:
        """The IRI of the thing of this kind that the key identifies."""
        return f"{self.base}{kind}-{sha256(_SEPARATOR.join((kind, *key)))[:_HASH_CHARACTERS]}"

"""Extractions to JSON values and back, for the build's cache."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from govkg.model.claim import Candidate, Claim, Evidence, Extraction, Mention, Practice


def to_json(extraction: Extraction) -> dict[str, Any]:
    """The extraction as JSON values."""
    return asdict(extraction)


def from_json(record: Mapping[str, Any]) -> Extraction:
    """The extraction that `to_json` wrote.

    Raises:
        KeyError, TypeError, ValueError: the record is not one.
    """
    return Extraction(
        document=record["document"],
        mentions=tuple(Mention(**mention) for mention in record["mentions"]),
        claims=tuple(_claim(claim) for claim in record["claims"]),
        practices=tuple(_practice(practice) for practice in record["practices"]),
        candidates=tuple(Candidate(**candidate) for candidate in record["candidates"]),
    )


def _claim(record: Mapping[str, Any]) -> Claim:
    evidence = tuple(Evidence(**piece) for piece in record["evidence"])
    return Claim(**{**record, "evidence": evidence})


def _practice(record: Mapping[str, Any]) -> Practice:
    labels = tuple((language, text) for language, text in record["labels"])
    return Practice(**{**record, "labels": labels})

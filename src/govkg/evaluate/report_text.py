"""Reports for reading in a terminal, a line for each thing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from govkg.evaluate.verification import HOLDS, Verification

_LONGEST = 300  # characters of one value from a file that nobody vouches for


def verification_text(verification: Verification) -> str:
    """A line for each thing that no longer holds, then one on the builds and one on the whole."""
    lines = [
        f"{check.kind} {plain(check.name)}: {check.state}: {plain(check.message)}"
        for check in verification.checks
        if check.state != HOLDS
    ]
    if verification.build != verification.answer_build:
        builds = f"build {plain(verification.answer_build)}, the base is {verification.build}"
        lines.append(f"The answer is of {builds}.")
    counts = ", ".join(
        f"{count['hold']} of {count['checked']} {kind}s"
        for kind, count in verification.counts().items()
        if count["checked"]
    )
    verdict = "All holds" if verification.holds else "Not all holds"
    lines.append(f"{verdict}: {counts or 'the answer says nothing'}.")
    return "\n".join(lines)


def evaluation_text(report: Mapping[str, Any]) -> str:
    """The evaluation report as lines of figures, then the details if it has any."""
    lines: list[str] = []
    for section, parts in report.items():
        if section == "details":
            continue
        lines.append(section)
        lines += _figures(parts)
    for section, details in report.get("details", {}).items():
        lines += ["", *_DETAILS[section](details)]
    return "\n".join(lines)


def _figures(parts: Mapping[str, Any]) -> Iterator[str]:
    for name, figures in parts.items():
        if isinstance(figures, list):
            yield from (f"  {name:16} {_inline(band)}" for band in figures)
        elif isinstance(figures, dict) and any(isinstance(v, dict) for v in figures.values()):
            yield from (f"  {name:16} {key:16} {_inline(own)}" for key, own in figures.items())
        elif isinstance(figures, dict):
            yield f"  {name:16} {_inline(figures)}"
        else:
            yield f"  {name:16} {_value(figures)}"


def _inline(figures: Mapping[str, Any]) -> str:
    return "  ".join(f"{key} {_value(value)}" for key, value in figures.items())


def _value(value: Any) -> str:
    """A figure; a dash for what was not measured."""
    return "–" if value is None else plain(str(value))


def _question_lines(questions: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for one in questions:
        refused = "  refused" if one["refused"] else ""
        yield f"{one['id']} {plain(one['text'])}"
        yield f"  ndcg10 {_value(one['ndcg10'])}  r5 {_value(one['r5'])}{refused}"
        if one.get("expected_missing") or one.get("missing"):
            missing = plain(", ".join(one["missing"]) or "–")
            yield f"  missing {missing}  expected {plain(one['expected_missing'] or '–')}"
        if one["expected_concepts"]:
            understood = " ".join(one["understood_concepts"])
            yield f"  concepts {understood or '–'}  expected {' '.join(one['expected_concepts'])}"
        for passage in one["passages"]:
            where = f"{passage['path']} {passage['start']}..{passage['end']}"
            ranks = _inline({"fusion": passage["fusion"], **passage["ranks"]})
            yield f"  grade {passage['grade']}  {ranks}  {where}"


def _extraction_lines(details: Mapping[str, Any]) -> Iterator[str]:
    if not details:
        return
    for one in details["missed"]:
        notations = " ".join(one["notations"])
        yield f"missed {one['kind']} {one['id']} {_label(one['label'])} {notations} ({one['why']})"
        yield from _sentence_lines(one)
    for one in details["false"]:
        yield f"false {one['kind']} {one['notation']} {_label(one['label'])} ({one['why']})"
        yield from _sentence_lines(one)
    links = details["links"]
    yield from _figures({"by_relation": links["by_relation"], "by_basis": links["by_basis"]})
    for one in links["missed"]:
        ends = f"{'/'.join(one['subject'])} {one['predicate']} {'/'.join(one['object'])}"
        told = f"gold {one['gold_confidence']} {one['basis']}"
        yield f"missed link {plain(ends)}  {told} ({one['why']})"
        yield from _sentence_lines(one)
    for one in links["false"]:
        ends = f"{one['subject']} {one['predicate']} {one['object']}"
        told = f"{one['basis']} {one['confidence']}, gold {one['gold_confidence']}"
        yield f"false link {plain(ends)}  {told}"
        yield from _sentence_lines(one)


def _sentence_lines(one: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"    “{plain(sentence)}”" for sentence in one["sentences"])


def _label(label: Mapping[str, str]) -> str:
    return plain(" / ".join(text for text in (label["zh"], label["en"]) if text))


def _judgement_lines(wrong: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for one in wrong:
        ends = f"{one['subject']} {one['predicate']} {one['object']}"
        told = f"{one['basis']} {one['confidence']}, now {_value(one['confidence_now'])}"
        yield f"wrong {plain(ends)}  {told}  {one['path']} {one['start']}..{one['end']}"
        if one["sentence"]:
            yield f"    “{plain(one['sentence'])}”"


_DETAILS: dict[str, Callable[[Any], Iterator[str]]] = {
    "questions": _question_lines,
    "extraction": _extraction_lines,
    "judgements": _judgement_lines,
}


def plain(text: str) -> str:
    """Text from a file in one line that moves no cursor and turns no writing around."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"

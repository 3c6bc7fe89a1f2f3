"""What the command line prints: progress on standard error, results as text."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from govkg.model.answer import Answer, Found, FoundPractice

if TYPE_CHECKING:
    from govkg.pipeline.result import BuildResult

RESULTS = "application/sparql-results+json"
# Triples have no rows: where a table or rows are asked for, they come in the nearest form.
FORMATS = {
    "table": f"{RESULTS}, text/turtle;q=0.9",
    "json": f"{RESULTS}, application/ld+json;q=0.9",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml, application/rdf+xml;q=0.9",
    "ttl": "text/turtle",
}
_QUOTE = 220
_HEADINGS = {
    "zh": ("问题", "原因", "对策", "境内做法", "国（境）外做法", "原文", "相关内容"),
    "en": (
        "Problems",
        "Causes",
        "Countermeasures",
        "Practices at home",
        "Practices abroad",
        "Passages",
        "Related",
    ),
}
_VERIFICATION = {
    "zh": {
        "verified": "已核实",
        "partly": "部分核实",
        "unverified": "未核实",
        "extracted": "自动抽取",
    },
    "en": {
        "verified": "verified",
        "partly": "partly verified",
        "unverified": "not verified",
        "extracted": "found by the machine",
    },
}
_PASSAGES_SHOWN = 3
# A cell of the coverage matrix for which the base knows nothing.
_EMPTY = "–"
Progress = Callable[[str, int, int], None]


@contextmanager
def progress_reporter(*, quiet: bool) -> Iterator[Progress]:
    """A callback (stage, done, total) that draws bars on standard error, or nothing."""
    if quiet:
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn())
    bars = Progress(*columns, console=Console(stderr=True))
    tasks: dict[str, Any] = {}

    def report(stage: str, done: int, total: int) -> None:
        # Not before there is something to show: an empty display is an empty line.
        bars.start()
        if stage not in tasks:
            tasks[stage] = bars.add_task(stage, total=total)
        bars.update(tasks[stage], completed=done, total=total)

    try:
        yield report
    finally:
        if tasks:
            bars.stop()


def build_summary(result: "BuildResult") -> str:
    """The build in a few lines, with every file that could not be read."""
    counts, work = result.counts, result.work
    lines = [
        f"build {result.build}: {counts.documents} documents, {counts.passages} passages, "
        f"{counts.claims} claims, {counts.practices} practices in {result.seconds:.1f} s",
        f"read {work.read} files, extracted {work.extracted} documents, "
        f"encoded {work.encoded} texts; the rest was unchanged",
    ]
    decided = Counter(row["state"] for row in result.decisions)
    if decided:
        states = ", ".join(f"{count} {state}" for state, count in sorted(decided.items()))
        lines.append(f"{decided.total()} curators' decisions: {states}")
    decisions = {row["file"] for row in result.decisions}
    bad = [r for r in result.rows if r["outcome"] == "error" and r["path"] not in decisions]
    if bad:
        lines.append(f"{len(bad)} files are not in it:")
        lines += [f"  {row['path']}: {row['message']}" for row in bad]
    return "\n".join(lines)


def decision_warnings(result: "BuildResult") -> list[str]:
    """A line for each decision that is stale or wrong: the file, what is the matter, what to do."""
    return [
        f"govkg: {row['file']}: {row['state']}: {row['message']}"
        for row in result.decisions
        if row["state"] in {"stale", "error"}
    ]


def answer_text(answer: Answer) -> str:
    """The answer for a terminal, each thing with the quotations it rests on."""
    headings = _HEADINGS[answer.language]
    lines = [answer.question, "", answer.summary or answer.outcome, ""]
    shelves: list[tuple[str, Sequence[Found]]] = [
        (headings[0], answer.problems),
        (headings[1], answer.causes),
        (headings[2], answer.countermeasures),
        (headings[3], answer.practices.domestic),
        (headings[4], answer.practices.overseas),
    ]
    for heading, items in shelves:
        if items:
            lines += [f"## {heading}", *(line for x in items for line in _item(x, answer)), ""]
    for heading, hits in ((headings[5], answer.passages), (headings[6], answer.related)):
        if hits:
            lines.append(f"## {heading}")
            lines += [_quoted(hit.citation, answer) for hit in hits[:_PASSAGES_SHOWN]] + [""]
    return "\n".join(lines)


def _item(item: Found, answer: Answer) -> list[str]:
    label = item.label.zh if answer.language == "zh" else item.label.en
    if isinstance(item, FoundPractice):
        place = item.place.zh if answer.language == "zh" else item.place.en
        label = f"{label} — {place}" + (f", {item.years}" if item.years else "")
        label += _remark(item.verification, answer.language)
    return [f"- {label}", _quoted(item.citations[0], answer)]


def _quoted(number: int, answer: Answer) -> str:
    citation = answer.citations[number - 1]
    quote = " ".join(citation.quote.split())
    if len(quote) > _QUOTE:
        quote = quote[:_QUOTE] + "…"
    where = " · ".join(x for x in (citation.document.title, citation.section) if x)
    where += _remark(citation.document.verification, answer.language)
    return f"    “{quote}”\n    [{number}] {where}"


def _remark(verification: str, language: str) -> str:
    """How far a practice or document was checked, in brackets; nothing if it is the source."""
    said = _VERIFICATION[language].get(verification)
    return f" ({said})" if said else ""


def result_table(body: str) -> str:
    """SPARQL JSON results as an aligned table; a boolean as yes or no."""
    results = json.loads(body)
    if "boolean" in results:
        return "yes" if results["boolean"] else "no"
    names = results["head"]["vars"]
    rows = [
        [binding.get(name, {}).get("value", "") for name in names]
        for binding in results["results"]["bindings"]
    ]
    return _table(names, rows)


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*names)
    for row in rows:
        # Given as Text: square brackets in a value are no markup.
        table.add_row(*(Text(value) for value in row))
    out = StringIO()
    Console(file=out, width=160).print(table)
    return out.getvalue()


def status_text(report: dict[str, Any]) -> str:
    """The status report: a line for each figure, then the matrix of problems and settings."""
    lines = []
    for name, value in report.items():
        if name in {"conflicts", "coverage"}:
            continue
        inner = str(value)
        if isinstance(value, dict):
            total = sum(value.values()) or 1
            share = name == "claims_by_basis"
            inner = ", ".join(
                f"{key} {count}" + (f" ({count / total:.0%})" if share else "")
                for key, count in value.items()
            )
        lines.append(f"{name:26} {inner}")
    conflicts = [_conflict(one) for one in report["conflicts"]]
    return "\n".join([*lines, *conflicts, "", *_coverage(report["coverage"])])


def _conflict(found: dict[str, Any]) -> str:
    """One line: what it is on, and what each side says."""
    sides = " | ".join(
        f"{side['document']}: {side['value'] or side['evidence']['iri']}" for side in found["sides"]
    )
    return f"conflict on {found['kind']}: {found['subject']}: {sides}"


def _coverage(found: dict[str, Any]) -> list[str]:
    rows = [
        [
            f"{row['label']['zh']} / {row['label']['en']}",
            *(str(row[name] or _EMPTY) for name in ("countermeasures", "domestic", "overseas")),
        ]
        for row in found["problems"]
    ]
    names = ("problem", "countermeasures", "practices at home", "practices abroad")
    return [
        f"{found['covered']} of {len(rows)} problems have a countermeasure and a practice.",
        _table(names, rows).rstrip(),
        f"Gaps: {', '.join(found['gaps']) or 'none'}",
    ]

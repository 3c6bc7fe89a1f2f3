"""Regenerates the tables of docs/evaluation.md: `python -m tests.relevance.tables TRIALS`.

Builds indexes of the seed paper alone, of all trial documents, of the law texts that the questions
ask about and of the starter corpus under build/, asks the development questions, and writes our
figures beside keyword search alone and vectors alone.
"""

import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from govkg.evaluate.gold import GoldQuestion
from govkg.evaluate.metrics import bootstrap, mean, wilson
from govkg.evaluate.questions import Judged, Placed, names_missing, place
from govkg.evaluate.run import BASELINES, baselines, evaluate, judge_all
from govkg.knowledge_base import KnowledgeBase
from tests.relevance.page import ROOT, WORK, figure, interval, open_index, replace, seed_folder
from tests.relevance.page import table as table_of

QUESTIONS, PAIRS, DOCUMENTS = "questions_dev.json", "crosslingual_dev.json", "docs_dev.json"
LAWS = Path("data") / "prc_law_texts.jsonl.gz"
REFUSALS = Path(__file__).parent / "refusals.json"
TRIAL_REFUSALS = Path(__file__).parent / "refusals_trial.json"
OURS = "govkg"
# A baseline that is told what nobody knows who asks: in which language the answer is.
TOLD = ", told the language"
RETRIEVAL = ("questions", "asked in", "passages in", "method", "n", "nDCG@10", "95 %", "R@5")
RETRIEVAL += ("hit@5", "govkg less the best single list, 95 %")
READ = ("base", "questions", "language", "n", "concept hit@3", "refused", "false refusals")
REFUSED = ("base", "questions", "language", "unanswerable", "refused", "95 %", "named missing")
REFUSED += ("answerable", "false refusals", "95 %")
KINDS = ("far", "near_topic", "place", "person", "practice")
NAMES = {"en": "English", "zh": "Chinese"}
Measured = dict[str, list[Placed]]


def retrieval(
    title: str, base: KnowledgeBase, files: Sequence[Path]
) -> tuple[str, list[list[str]]]:
    """A titled table over gold files, and for each file and language how it was read."""
    rows: list[list[str]] = []
    read: list[list[str]] = []
    for path in files:
        judged, alone = judge_all(base, path), baselines(base, path)
        if len({passage.language for passage in base.corpus.passages}) > 1:
            alone |= told_language(base, [one.question for one in judged])
        for (language, kind), measured in parts(judged, alone).items():
            rows += method_rows([path.stem, *where(language, kind)], measured)
        read += [[title, *row] for row in read_rows(path.stem, judged)]
    return f"### {title}\n\n{table_of(RETRIEVAL, rows)}", read


def told_language(
    base: KnowledgeBase, questions: Sequence[GoldQuestion]
) -> dict[str, list[Placed | None]]:
    """What each baseline is worth over nothing but passages in the language of the right ones."""
    passages, document = base.corpus.passages, base.corpus.document

    def placed(question: GoldQuestion, rankings: Sequence[str]) -> Placed | None:
        if not question.spans:
            return None
        languages = {document[span.document].language for span in question.spans}
        told = question.language if question.language in languages else languages.pop()
        ranked = base.rank(question.text, question.language, len(passages), rankings)
        return place(base, question, [x.row for x in ranked if passages[x.row].language == told])

    return {
        f"{name}{TOLD}": [placed(question, rankings) for question in questions]
        for name, rankings in BASELINES.items()
    }


def where(language: str, kind: str) -> list[str]:
    """The languages of the question and of its passages."""
    other = "zh" if language == "en" else "en"
    return [NAMES[language], NAMES[language if kind == "same" else other]]


def parts(
    judged: Sequence[Judged], alone: dict[str, list[Placed | None]]
) -> dict[tuple[str, str], Measured]:
    """What each method is worth to each question, by language and kind of question."""
    found: dict[tuple[str, str], Measured] = {}
    methods = {OURS: [one.placed for one in judged], **alone}
    for name, all_placed in methods.items():
        for one, placed in zip(judged, all_placed, strict=True):
            if placed is not None:
                own = found.setdefault((one.question.language, one.kind), {})
                own.setdefault(name, []).append(placed)
    return dict(sorted(found.items()))


def method_rows(head: list[str], measured: Measured) -> list[list[str]]:
    """A row for each method; ours ends in the paired interval to the better of the others."""
    gained = {name: [one.ndcg10 for one in placed] for name, placed in measured.items()}
    fair = [name for name in gained if name != OURS and not name.endswith(TOLD)]
    best = max(fair, key=lambda name: sum(gained[name]))
    paired = zip(gained[OURS], gained[best], strict=True)
    differences = bootstrap([ours - theirs for ours, theirs in paired])
    return [
        [
            *head,
            name,
            str(len(placed)),
            figure(mean(gained[name])),
            interval(bootstrap(gained[name])),
            figure(mean([one.r5 for one in placed])),
            figure(mean([float(one.hit5) for one in placed])),
            interval(differences, signed=True) if name == OURS else "",
        ]
        for name, placed in measured.items()
    ]


def read_rows(name: str, judged: Sequence[Judged]) -> list[list[str]]:
    """How the questions of a file were read, by language."""
    rows = []
    for language, own in by_language(judged).items():
        answerable = [one for one in own if one.question.answerable]
        hits = [float(x.concept_hit3) for x in answerable if x.concept_hit3 is not None]
        unanswerable = [float(one.refused) for one in own if not one.question.answerable]
        cells = [name, NAMES[language], str(len(own))]
        cells += [figure(mean(hits)) if hits else ""]
        cells += [figure(mean(unanswerable)) if unanswerable else ""]
        rows.append([*cells, figure(mean([float(one.refused) for one in answerable]))])
    return rows


def by_language(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The questions of each language."""
    found: dict[str, list[Judged]] = {}
    for one in judged:
        found.setdefault(one.question.language, []).append(one)
    return dict(sorted(found.items()))


def refusals(name: str, base: KnowledgeBase, path: Path) -> tuple[list[list[str]], list[list[str]]]:
    """Rows by split and language, and rows by split and kind."""
    judged = judge_all(base, path)
    questions = json.loads(path.read_text("utf-8"))["questions"]
    split = {question["id"]: question["split"] for question in questions}
    rows, kinds = [], []
    for part in dict.fromkeys(split.values()):
        own = [one for one in judged if split[one.question.id] == part]
        for language, asked in [*by_language(own).items(), ("both", own)]:
            rows.append([name, part, NAMES.get(language, language), *refusal_cells(asked)])
        for kind in KINDS:
            refused = [x for x in own if x.kind == kind and not x.question.answerable]
            cells = [refused_of(refused, language) for language in NAMES]
            kinds.append([name, part, kind.replace("_", " "), *cells])
    return rows, kinds


def refused_of(refused: Sequence[Judged], language: str) -> str:
    """How many of the questions in a language were refused."""
    own = [one.refused for one in refused if one.question.language == language]
    return f"{sum(own)} of {len(own)}"


def refusal_cells(judged: Sequence[Judged]) -> list[str]:
    """Counts, shares and Wilson intervals of refusals."""
    answerable = [one for one in judged if one.question.answerable]
    unanswerable = [one for one in judged if not one.question.answerable]
    naming = [x for x in unanswerable if x.question.missing and x.refused]
    return [
        *share_cells(unanswerable),
        figure(mean([float(names_missing(one)) for one in naming])),
        *share_cells(answerable),
    ]


def share_cells(judged: Sequence[Judged]) -> list[str]:
    """How many there are, the share refused and its Wilson interval."""
    refused = sum(one.refused for one in judged)
    return [str(len(judged)), figure(refused / len(judged)), interval(wilson(refused, len(judged)))]


def extraction(base: KnowledgeBase, gold: Path) -> str:
    """Extraction from the seed paper against the expert's reading."""
    report = evaluate(base, gold / "seed_extraction.json")["extraction"]
    rows = [
        [name, *(figure(figures[key]) for key in ("p", "r", "f1"))]
        for name, figures in report.items()
        if name != "links"
    ]
    links = ", ".join(f"{key} {value}" for key, value in report["links"].items())
    head = ("kind", "P", "R", "F1")
    return f"### Extraction, seed paper alone\n\n{table_of(head, rows)}\n\nLinks: {links}."


def laws_folder(trials: Path) -> Path:
    """A corpus of the law texts that the Chinese questions on laws ask about."""
    folder = WORK / "laws"
    folder.mkdir(parents=True, exist_ok=True)
    gold = json.loads((trials / "gold" / PAIRS).read_text("utf-8"))
    wanted = set(gold["docs"].values())
    with gzip.open(trials / LAWS, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["path"] in wanted:
                (folder / Path(record["path"]).name).write_text(record["text"], "utf-8")
    return folder


def measured(trials: Path) -> list[str]:
    """All tables."""
    gold = trials / "gold"
    seed = open_index(seed_folder(trials), WORK / "index-seed")
    whole = open_index(trials / "documents", WORK / "index-all")
    laws = open_index(laws_folder(trials), WORK / "index-laws")
    starter = open_index(ROOT / "corpus", WORK / "index-starter")
    files = [gold / name for name in (QUESTIONS, PAIRS, DOCUMENTS)]
    tables, read = [], []
    for title, base, asked in (
        ("Seed paper alone", seed, files[:2]),
        ("All 43 trial files", whole, files),
        ("The 11 law texts", laws, files[1:2]),
    ):
        found, rows = retrieval(title, base, asked)
        tables.append(found)
        read += rows
    tables.append(f"### How questions were read\n\n{table_of(READ, read)}")
    rows, kinds = refusals("starter corpus", starter, REFUSALS)
    more, more_kinds = refusals("43 trial files", whole, TRIAL_REFUSALS)
    tables.append(f"### Refusals\n\n{table_of(REFUSED, [*rows, *more])}")
    head = ("base", "questions", "kind", "refused, English", "refused, Chinese")
    tables.append(f"### Refusals by kind\n\n{table_of(head, [*kinds, *more_kinds])}")
    return [*tables, extraction(seed, gold)]


def main(trials: Path) -> None:
    """Writes the tables between the two marks of the page."""
    if not (trials / "gold").is_dir():
        sys.exit(f"{trials}: no folder of trial data; name it with TRIALS=")
    tables = "\n\n".join(measured(trials))
    replace("tables", tables)
    sys.stdout.write(tables + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The command line: thin commands, heavy imports inside them, one clear line for every error."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from govkg.cli_review import review
from govkg.errors import GovkgError

if TYPE_CHECKING:
    from govkg.knowledge_base import KnowledgeBase
    from govkg.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain errors: one line says what is wrong, also where no terminal draws boxes.
    rich_markup_mode=None,
    help="A knowledge graph and semantic search over governance policy and experience documents.",
)
app.add_typer(review, name="review")
IndexOption = Annotated[Path | None, typer.Option("--index", help="The index folder [./index].")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON to standard output.")]
SettingChoice = Literal["any", "domestic", "overseas"]
LanguageChoice = Literal["auto", "zh", "en"]


@app.command()
def build(
    corpus: Annotated[Path | None, typer.Option(help="The folder of documents [./corpus].")] = None,
    index: IndexOption = None,
    ontology: Annotated[Path | None, typer.Option(help="The folder of the ontology.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Read and encode everything again.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no summary.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Read a folder of documents and publish a new version of the index."""
    from govkg.cli_output import build_summary, decision_warnings, progress_reporter
    from govkg.pipeline.build import run_build
    from govkg.pipeline.result import BuildRequest

    settings = _settings(index, corpus, ontology)
    with progress_reporter(quiet=quiet or as_json) as progress:
        result = run_build(BuildRequest.from_settings(settings, full=full), progress)
    for line in decision_warnings(result):
        typer.echo(line, err=True)
    if as_json:
        _write_json(result.to_json())
    elif not quiet:
        typer.echo(build_summary(result))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="In Chinese or English.")],
    index: IndexOption = None,
    language: Annotated[LanguageChoice, typer.Option(help="The question's language.")] = "auto",
    setting: Annotated[SettingChoice, typer.Option(help="Where practices may come from.")] = "any",
    limit: Annotated[int, typer.Option(help="How long each list may be, 1 to 50.")] = 10,
    as_json: JsonOption = False,
) -> None:
    """Answer a question with problems, causes, countermeasures, practices and their sources."""
    from govkg.cli_output import answer_text

    base = _open(_settings(index))
    answer = base.ask(question, language, setting, limit)
    if as_json:
        _write_json(answer.to_json())
    else:
        typer.echo(answer_text(answer))
    base.close()


@app.command()
def query(
    file: Annotated[Path | None, typer.Argument(help="A file with a SPARQL query.")] = None,
    text: Annotated[str | None, typer.Option("--query", "-q", help="The query itself.")] = None,
    index: IndexOption = None,
    form: Annotated[
        Literal["table", "json", "csv", "tsv", "xml", "ttl"], typer.Option("--format")
    ] = "table",
) -> None:
    """Run a SPARQL query over the graph."""
    from govkg.cli_output import FORMATS, RESULTS, result_table

    if (file is None) == (text is None):
        raise typer.BadParameter("give either a file or --query")
    base = _open(_settings(index))
    answer = base.query(text if text is not None else _read(file), FORMATS[form])
    body = answer.body.decode("utf-8")
    table = form == "table" and answer.media_type.startswith(RESULTS)
    shown = result_table(body) if table else body
    # CSV that ends in an empty line has a row too many.
    typer.echo(shown, nl=not shown.endswith("\n"))
    base.close()


@app.command()
def serve(
    index: IndexOption = None,
    host: Annotated[str | None, typer.Option(help="[127.0.0.1]")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="[8000]")] = None,
    rdf: Annotated[
        Path | None, typer.Option(help="Serve this RDF file at /sparql, without an index.")
    ] = None,
) -> None:
    """Serve the pages, the API and the SPARQL endpoint."""
    from govkg.serve.entry import serve_base, serve_rdf

    settings = _settings(index)
    address = (host or settings.host, settings.port if port is None else port)
    if rdf is not None:
        serve_rdf(rdf, settings, *address)
    else:
        serve_base(settings, *address)


@app.command()
def status(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Show what the index holds: documents, passages, claims, practices."""
    from govkg.cli_output import status_text

    base = _open(_settings(index))
    report = base.status()
    if as_json:
        _write_json(report)
    else:
        typer.echo(status_text(report))
    base.close()


@app.command()
def init(
    directory: Annotated[Path, typer.Argument(help="A new or empty folder.")],
) -> None:
    """Make a working folder with the starter corpus and ontology."""
    from govkg.pipeline.starting import start_folder

    made = start_folder(directory)
    typer.echo(f"{made.directory}: {made.documents} documents and the ontology.")
    typer.echo(f"Next: cd {made.directory} && govkg build")


@app.command()
def validate(
    ontology: Annotated[Path | None, typer.Option(help="The folder of the ontology.")] = None,
) -> None:
    """Check the ontology: well-formed, bilingual, consistent with the shapes and the checks."""
    from govkg.pipeline.validation import validate_ontology

    found = validate_ontology(ontology)
    typer.echo(f"{found.concepts} concepts and {found.places} places are sound.")


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="A gold file.")],
    index: IndexOption = None,
    details: Annotated[
        bool, typer.Option("--details", help="Each question, each miss, each false claim.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Measure retrieval, concept linking, refusals, extraction or judged claims by a gold file."""
    from govkg.evaluate.report_text import evaluation_text
    from govkg.evaluate.run import evaluate as measure

    base = _open(_settings(index))
    report = measure(base, file, details=details)
    if as_json:
        _write_json(report)
    else:
        typer.echo(evaluation_text(report))
    base.close()


@app.command()
def verify(
    answer: Annotated[Path, typer.Argument(help="What `ask --json` printed; - reads it.")],
    index: IndexOption = None,
    corpus: Annotated[
        Path | None, typer.Option(help="Read the documents here, not in the index.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check a saved answer again: its quotations, claims, concepts and practices."""
    from govkg.evaluate.report_text import verification_text
    from govkg.evaluate.saved import read_answer
    from govkg.evaluate.verification import verify_answer

    saved = read_answer(answer)
    base = _open(_settings(index))
    found = verify_answer(base, saved, corpus)
    if as_json:
        _write_json(found.to_json())
    else:
        typer.echo(verification_text(found))
    base.close()
    if not found.holds:
        raise typer.Exit(1)


def _settings(
    index: Path | None, corpus: Path | None = None, ontology: Path | None = None
) -> "Settings":
    from govkg.settings import read_settings

    given = {"index": index, "corpus": corpus, "ontology": ontology}
    return read_settings(**given)


def _open(settings: "Settings") -> "KnowledgeBase":
    from govkg.knowledge_base import KnowledgeBase

    base = KnowledgeBase.open(settings.index, settings)
    if base.warning:
        typer.echo(f"govkg: {base.warning}", err=True)
    return base


def _read(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        return file.read_text("utf-8")
    except OSError as error:
        problem = f"the query cannot be read: {error.strerror}"
        raise GovkgError(problem, where=str(file)) from error
    except UnicodeDecodeError as error:
        problem = "the query is no UTF-8 text"
        raise GovkgError(problem, where=str(file), remedy="save it as UTF-8") from error


def _write_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def main() -> None:
    """Runs the command line; exit 0 done, 1 with one line on standard error, 2 wrong usage."""
    try:
        app(prog_name="govkg")
    except GovkgError as error:
        typer.echo(f"govkg: {error}", err=True)
        sys.exit(1)

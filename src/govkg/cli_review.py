"""`govkg review`: what is uncertain or unreviewed, and a curator's decisions on it."""

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from govkg.model.decision import Action, Decision, Proposal
    from govkg.pipeline.reviewing import Item, Review
    from govkg.settings import Settings

review = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="List what is uncertain or unreviewed, and decide on it.",
)
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="An id of the list, or claim-….")]
_QUOTE = 160


@dataclass(frozen=True, slots=True)
class _Folders:
    """The index and the corpus, with what else is set."""

    settings: "Settings"
    given: bool

    def open(self) -> "Review":
        from govkg.pipeline.reviewing import Review

        return Review(self.settings.index, self.settings.corpus)


@dataclass(frozen=True, slots=True)
class _Draft:
    """What every decision has, before it is known on what."""

    item: str
    reason: str
    author: str
    date: str
    folders: _Folders


@dataclass(frozen=True, slots=True)
class _Filter:
    """What a list is asked for."""

    limit: int
    kind: str
    document: str
    stale: bool
    folders: _Folders


def _located(
    index: Annotated[Path | None, typer.Option(help="The index folder [./index].")] = None,
    corpus: Annotated[Path | None, typer.Option(help="The folder of documents [./corpus].")] = None,
) -> _Folders:
    from govkg.settings import read_settings

    return _Folders(read_settings(index=index, corpus=corpus), bool(index or corpus))


def _signed(
    item: IdArgument,
    reason: Annotated[str, typer.Option(help="Why, in a sentence.")],
    author: Annotated[str, typer.Option(help="Who decides.")],
    date: Annotated[str | None, typer.Option(help="The day, as 2026-03-31 [today].")] = None,
    index: Annotated[Path | None, typer.Option(help="The index folder [./index].")] = None,
    corpus: Annotated[Path | None, typer.Option(help="The folder of documents [./corpus].")] = None,
) -> _Draft:
    for value, name in ((reason, "--reason"), (author, "--author")):
        if not value.strip():
            raise typer.BadParameter(f"{name} is empty")
    return _Draft(item, reason.strip(), author.strip(), _day(date), _located(index, corpus))


def _options(*shared: Callable[..., Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command the options of the functions `shared`, whose results come first in it."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        common = [list(signature(one).parameters.values()) for one in shared]
        own = list(signature(function).parameters.values())[len(shared) :]

        def command(**given: Any) -> None:
            first = [
                make(**{one.name: given.pop(one.name) for one in parameters})
                for make, parameters in zip(shared, common, strict=True)
            ]
            function(*first, **given)

        every = [parameter for parameters in (*common, own) for parameter in parameters]
        parts = [parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in every]
        command.__signature__ = Signature(parts)  # type: ignore[attr-defined]
        command.__annotations__ = {one.name: one.annotation for one in parts}
        command.__name__, command.__doc__ = function.__name__, function.__doc__
        return command

    return decorate


def _filtered(
    limit: Annotated[int, typer.Option(min=1, help="How many are listed.")] = 20,
    kind: Annotated[
        Literal["claims", "candidates"] | None, typer.Option(help="Only these.")
    ] = None,
    document: Annotated[str, typer.Option(help="Only those of this document, by its id.")] = "",
    stale: Annotated[bool, typer.Option("--stale", help="Only decisions that are stale.")] = False,
    index: Annotated[Path | None, typer.Option(help="The index folder [./index].")] = None,
    corpus: Annotated[Path | None, typer.Option(help="The folder of documents [./corpus].")] = None,
) -> _Filter:
    one = {"claims": "claim", "candidates": "candidate"}.get(kind or "", "")
    return _Filter(limit, one, document, stale, _located(index, corpus))


@review.callback(invoke_without_command=True)
@_options(_filtered)
def listing(
    chosen: _Filter,
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also what was reviewed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List what is uncertain or unreviewed, least sure first; or decide with a subcommand."""
    if context.invoked_subcommand is not None:
        if chosen.folders.given:
            raise typer.BadParameter("give --index and --corpus after the subcommand")
        return
    desk = chosen.folders.open()
    items = desk.items(chosen.kind, chosen.document, everything=everything)
    shown = [] if chosen.stale else items[: chosen.limit]
    notices = [one for one in desk.notices() if not chosen.stale or one.state == "stale"]
    if as_json:
        found = {
            "total": len(items),
            "items": [item.to_json() for item in shown],
            "decisions": [
                {"decision": one.decision, "state": one.state, "message": one.message}
                for one in notices
            ],
            "unbuilt": desk.unbuilt(),
        }
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    lines = [line for item in shown for line in _item(item)]
    if not chosen.stale:
        lines.append(f"{len(shown)} of {len(items)}, least sure first.")
    lines += [f"{one.state}: {one.decision}: {one.message}" for one in notices]
    if chosen.stale and not notices:
        lines.append("No decision is stale.")
    if unbuilt := desk.unbuilt():
        lines.append(f"Not built yet: {len(unbuilt)}. Next: govkg build")
    typer.echo("\n".join(lines))


@review.command()
@_options(_signed)
def accept(draft: _Draft) -> None:
    """The claim is right: it becomes as sure as a curator can make it."""
    _decide(draft, "accept")


@review.command()
@_options(_signed)
def reject(draft: _Draft) -> None:
    """The claim is wrong: it stays in the graph, marked, and out of all answers."""
    _decide(draft, "reject")


@review.command()
@_options(_signed)
def correct(
    draft: _Draft,
    subject: Annotated[str, typer.Option(help="The notation of the right subject.")] = "",
    predicate: Annotated[str, typer.Option(help="The right predicate.")] = "",
    right: Annotated[
        str, typer.Option("--object", help="The right object: notation, place code or text.")
    ] = "",
    status: Annotated[str, typer.Option(help="The right status.")] = "",
) -> None:
    """The claim is wrong and another one is right, on the same words."""
    from govkg.model.decision import Correction, Term
    from govkg.pipeline.reviewing import object_term

    if not (subject or predicate or right or status):
        raise typer.BadParameter("give --subject, --predicate, --object or --status")
    desk = draft.folders.open()
    joined = predicate or desk.find(draft.item).predicate
    correction = Correction(
        Term("concept", (subject,)) if subject else None,
        predicate,
        object_term(joined, right) if right else None,
        status,
    )
    _decide(draft, "correct", desk, correction=correction)


@review.command()
@_options(_signed)
def merge(
    draft: _Draft,
    into: Annotated[str, typer.Option(help="The notation of the concept.")],
) -> None:
    """The candidate is a concept that there is already."""
    _decide(draft, "merge", into=into)


def _proposed(
    notation: Annotated[str, typer.Option(help="Its id: lower-case letters, digits, hyphens.")],
    zh: Annotated[list[str], typer.Option(help="Its label in Chinese; again for others.")],
    en: Annotated[list[str], typer.Option(help="Its label in English; again for others.")],
    broader: Annotated[str, typer.Option(help="The notation of the concept above it.")] = "",
    definition_zh: Annotated[str, typer.Option(help="One sentence in Chinese.")] = "",
    definition_en: Annotated[str, typer.Option(help="One sentence in English.")] = "",
) -> "Proposal":
    from govkg.model.decision import Proposal

    labels = [
        ("alt" if number else "pref", language, text.strip())
        for language, texts in (("zh", zh), ("en", en))
        for number, text in enumerate(texts)
    ]
    defined = (("zh", definition_zh.strip()), ("en", definition_en.strip()))
    return Proposal(notation, tuple(labels), broader, tuple(one for one in defined if one[1]))


@review.command()
@_options(_signed, _proposed)
def promote(draft: _Draft, proposal: "Proposal") -> None:
    """The candidate becomes a concept of its scheme."""
    _decide(draft, "promote", proposal=proposal)


@review.command()
@_options(_located)
def sign(
    folders: _Folders,
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="The name of its file.")],
    author: Annotated[str, typer.Option(help="Who signs.")],
    date: Annotated[str | None, typer.Option(help="The day, as 2026-03-31 [today].")] = None,
) -> None:
    """Sign a decision that another one made."""
    from govkg.model.decision import Signature

    if not author.strip():
        raise typer.BadParameter("--author is empty")
    path, signed = folders.open().sign(decision, Signature(author.strip(), _day(date)))
    _next(path, signed, folders.settings.signatures)


def _decide(draft: _Draft, action: "Action", opened: "Review | None" = None, **more: Any) -> None:
    from govkg.model.decision import Decision

    desk = opened or draft.folders.open()
    item = desk.find(draft.item)
    decision = Decision(
        name="",
        action=action,
        claim=item.named,
        reason=draft.reason,
        author=draft.author,
        date=draft.date,
        document=item.document,
        quote=item.quote,
        **more,
    )
    path = desk.add(decision)
    _next(path, decision, draft.folders.settings.signatures)


def _next(path: Path, decision: "Decision", signatures: int) -> None:
    typer.echo(f"Written: {path}")
    missing = signatures - len(decision.authors)
    if missing > 0:
        typer.echo(f"It waits for {missing} more: govkg review sign {path.stem} --author …")
    typer.echo("Next: govkg build")


def _day(given: str | None) -> str:
    try:
        return datetime.date.fromisoformat(given).isoformat() if given else _today()
    except ValueError:
        raise typer.BadParameter(f"{given!r} is no day such as 2026-03-31") from None


def _today() -> str:
    return datetime.datetime.now().astimezone().date().isoformat()


def _item(item: "Item") -> list[str]:
    quote = " ".join(item.quote.split())
    if len(quote) > _QUOTE:
        quote = quote[:_QUOTE] + "…"
    said = f", {item.review}" if item.review else ""
    return [
        f"{item.id}  {item.confidence:.2f}  {item.basis}, {item.status}{said}",
        f"    {item.subject} — {item.predicate} → {item.object}",
        f"    “{quote}”  [{item.document}]",
    ]

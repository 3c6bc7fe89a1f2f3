"""What can be used is written down: commands, routes, terms; and the pages point at what exists."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import typer
from fastapi.routing import APIRoute

from govkg.cli import app
from govkg.ontology.namespaces import GOV, RDF, RDFS
from govkg.serve.app import create_app
from govkg.settings import Settings
from tests.house import ROOT
from tests.serve.fake_base import FakeBase, FakeServing

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
CLI = (ROOT / "docs" / "cli.md").read_text("utf-8")
HTTP = (ROOT / "docs" / "http-api.md").read_text("utf-8")
MODEL = (ROOT / "docs" / "data-model.md").read_text("utf-8")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]*)(?:#[^)]*)?\)")


def section(command: str) -> str:
    """The part of docs/cli.md on a command."""
    found = re.search(rf"^## {command}\n(.*?)(?=^## |\Z)", CLI, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/cli.md has no part on {command}"
    return found.group(1)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_has_a_part_with_its_options_and_an_example(name: str) -> None:
    part = section(name)
    options = [
        spelling
        for option in COMMANDS[name].params
        for spelling in option.opts
        if spelling.startswith("-")
    ]
    assert [option for option in options if f"`{option}" not in part] == []
    assert f"```bash\ngovkg {name}" in part


def test_no_command_is_described_that_there_is_not() -> None:
    assert set(re.findall(r"^## (\S+)$", CLI, re.MULTILINE)) == set(COMMANDS)


def routes() -> list[str]:
    """The paths of the service that people and programs call; its assets apart."""
    service = create_app(FakeServing(FakeBase()), Settings())
    return sorted({route.path for route in service.routes if isinstance(route, APIRoute)})


@pytest.mark.parametrize("path", routes())
def test_each_route_is_in_the_page_on_the_interface(path: str) -> None:
    plain = re.sub(r"\{([a-z]+)[^}]*\}", r"{\1}", path)
    assert plain in HTTP or plain.startswith(("/static", "/assets"))


def terms() -> list[str]:
    """The local names of the classes and properties in govkg.ttl."""
    return sorted(subject.removeprefix(GOV) for subject in _labels())


def _labels() -> dict[str, set[str]]:
    store = ox.Store()
    store.load(path=str(ROOT / "ontology" / "govkg.ttl"), format=ox.RdfFormat.TURTLE)
    found: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(f"{RDF}type"), None, None):
        if (
            quad.object != ox.NamedNode(f"{RDFS}Datatype")
            and isinstance(quad.subject, ox.NamedNode)
            and quad.subject.value.startswith(GOV)
        ):
            label = ox.NamedNode(f"{RDFS}label")
            labels = store.quads_for_pattern(quad.subject, label, None, None)
            found[quad.subject.value] = {str(x.object.language) for x in labels}  # type: ignore[union-attr]
    return found


@pytest.mark.parametrize("term", terms())
def test_each_term_has_a_label_in_both_languages(term: str) -> None:
    assert _labels()[GOV + term] == {"zh", "en"}


@pytest.mark.parametrize("term", terms())
def test_each_term_is_in_the_page_on_the_data_model(term: str) -> None:
    assert re.search(rf"\b{term}\b", MODEL)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_points_at_files_that_exist(page: Path) -> None:
    targets = [t for t in LINK.findall(page.read_text("utf-8")) if t and "://" not in t]
    assert [t for t in targets if not (page.parent / t).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_names_settings_that_exist(page: Path) -> None:
    names = {f"GOVKG_{name.upper()}" for name in Settings.model_fields}
    for_tests = {"GOVKG_TEST_CACHE", "GOVKG_TRIALS"}
    assert set(re.findall(r"GOVKG_[A-Z_]*[A-Z]", page.read_text("utf-8"))) <= names | for_tests

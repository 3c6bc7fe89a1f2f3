"""Settings come from options, the environment and govkg.toml, and say what is wrong with them."""

from pathlib import Path

import pytest

from govkg.errors import SettingsError
from govkg.settings import read_settings


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("GOVKG_PORT", "GOVKG_INDEX", "GOVKG_MODEL"):
        monkeypatch.delenv(name, raising=False)


def test_without_anything_the_defaults_hold():
    settings = read_settings()
    assert (settings.index, settings.host, settings.port) == (Path("index"), "127.0.0.1", 8000)
    assert (settings.query_seconds, settings.query_memory_mb, settings.home) == (10, 512, "CN")


def test_an_option_goes_before_the_environment_before_the_file(tmp_path, monkeypatch):
    (tmp_path / "govkg.toml").write_text('port = 1001\nhost = "::1"\nquery_seconds = 2.5\n')
    monkeypatch.setenv("GOVKG_PORT", "1002")
    assert read_settings().port == 1002
    settings = read_settings(port=1003, host=None)
    assert (settings.port, settings.host, settings.query_seconds) == (1003, "::1", 2.5)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("GOVKG_PORT", "99999", r"port: '99999' is not usable .*less than or equal to 65535.*0 to"),
        (
            "GOVKG_PORT",
            "http",
            r"port: 'http' is not usable .*valid integer.*; allowed: 0 to 65535",
        ),
        ("GOVKG_QUERY_SECONDS", "nan", r"query_seconds: 'nan' is not usable"),
        ("GOVKG_BASE_IRI", "example.org", r"base_iri: .*begin with http\(s\)://"),
        ("GOVKG_HOME", "China", r"home: 'China' is not usable"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(monkeypatch, name, value, message):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=message):
        read_settings()


def test_an_unknown_setting_and_a_broken_file_are_errors(tmp_path):
    (tmp_path / "govkg.toml").write_text("prot = 1\n")
    with pytest.raises(SettingsError, match=r"prot: there is no such setting .known are index"):
        read_settings()
    (tmp_path / "govkg.toml").write_text("port = = 1\n")
    with pytest.raises(SettingsError, match=r"govkg.toml: not readable"):
        read_settings()

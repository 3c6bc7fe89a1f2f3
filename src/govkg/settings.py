"""What can be set: by an option, else `GOVKG_*` in the environment, else `govkg.toml`."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from govkg.errors import SettingsError
from govkg.model.identifiers import DEFAULT_BASE

_FILE = "govkg.toml"
_LONGEST_VALUE = 60  # characters of a bad value that are repeated in its error


class Settings(BaseSettings):
    """All settings with their defaults; every limit is per request."""

    model_config = SettingsConfigDict(
        env_prefix="GOVKG_", toml_file=_FILE, extra="forbid", frozen=True
    )

    index: Path = Path("index")
    corpus: Path = Path("corpus")
    ontology: Path | None = None
    model: str = ""
    base_iri: str = DEFAULT_BASE
    home: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "CN"
    signatures: Annotated[int, Field(ge=1, le=9)] = 1
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    log: Literal["debug", "info", "warning", "error"] = "warning"
    ask_max_bytes: Annotated[int, Field(ge=1_000, le=10_000_000)] = 64_000
    ask_threads: Annotated[int, Field(ge=0, le=256)] = 0
    query_seconds: Annotated[float, Field(ge=0.1, le=3600, allow_inf_nan=False)] = 10
    query_memory_mb: Annotated[int, Field(ge=64, le=65_536)] = 512
    query_workers: Annotated[int, Field(ge=1, le=64)] = 2
    query_waiting: Annotated[int, Field(ge=0, le=1_000)] = 16
    query_max_rows: Annotated[int, Field(ge=1, le=10_000_000)] = 100_000
    query_max_bytes: Annotated[int, Field(ge=1_000, le=1 << 30)] = 16 << 20
    sparql_max_bytes: Annotated[int, Field(ge=1_000, le=10_000_000)] = 1_000_000

    @field_validator("base_iri")
    @classmethod
    def _base_iri_can_be_extended(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")) or value[-1] not in "/#":
            raise ValueError("it must begin with http(s):// and end in / or #")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options before the environment before the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings(**options: Any) -> Settings:
    """The settings in force; an option that is None was not given.

    Raises SettingsError that names the setting, its value and what is allowed.
    """
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise _first_problem(error) from None
    except ValueError as error:  # TOML that cannot be read
        raise SettingsError(f"not readable: {error}", where=_FILE) from None


def _first_problem(error: ValidationError) -> SettingsError:
    first = error.errors(include_url=False)[0]
    name = ".".join(map(str, first["loc"]))
    if first["type"] == "extra_forbidden":
        known = ", ".join(Settings.model_fields)
        return SettingsError("there is no such setting", where=name, remedy=f"known are {known}")
    value = str(first["input"])[:_LONGEST_VALUE]
    allowed = first["msg"].removeprefix("Value error, ").replace("Input should", "it should")
    return SettingsError(f"{value!r} is not usable", where=name, remedy=f"{allowed}{_range(name)}")


def _range(name: str) -> str:
    field = Settings.model_fields.get(name)
    bounds = field.metadata if field else []
    low = next((bound.ge for bound in bounds if hasattr(bound, "ge")), None)
    high = next((bound.le for bound in bounds if hasattr(bound, "le")), None)
    return f"; allowed: {low} to {high}" if low is not None and high is not None else ""

"""JSON files that nobody vouches for: read with a limit, checked against a model, or one line."""

import sys
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from govkg.errors import GovkgError

# The longest answer, fifty things in every list, is under one megabyte.
MAX_BYTES = 8_000_000
_STANDARD_INPUT = "-"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Part(BaseModel):
    """A part of a file; what it has besides is left aside, for fields may be added."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


_Model = TypeVar("_Model", bound=Part)


def read_json(model: type[_Model], path: Path, problem: str, remedy: str) -> _Model:
    """A JSON file, or standard input for `-`, as a model.

    `problem` and `remedy` are what the error says where the file is something else.

    Raises:
        GovkgError: it cannot be read, is larger than `MAX_BYTES`, or is not what the model says.
    """
    where = "standard input" if str(path) == _STANDARD_INPUT else str(path)
    content = _content(path, where)
    if len(content) > MAX_BYTES:
        raise GovkgError(f"{problem}: larger than {MAX_BYTES:,} bytes", where=where, remedy=remedy)
    try:
        return model.model_validate_json(content.removeprefix(_BYTE_ORDER_MARK))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        said = f"{place}: {first['msg']}" if place else first["msg"]
        raise GovkgError(f"{problem}: {said}", where=where, remedy=remedy) from None


def _content(path: Path, where: str) -> bytes:
    """At most one byte more than may be read, so that what is endless ends."""
    try:
        if str(path) == _STANDARD_INPUT:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise GovkgError(f"cannot be read: {error.strerror}", where=where) from error

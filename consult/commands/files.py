"""Files as commands read and write them; every refusal is a sentence."""

from pathlib import Path

import click

from consult.word.package import MAX_BYTES
from core.errors import DomainError
from core.texts import lazy as _l

LABEL = "command line"


def contents(file: Path) -> bytes:
    """A file's bytes; no more of it than a file may have is ever read."""
    try:
        with file.open("rb") as content:
            return content.read(MAX_BYTES + 1)
    except OSError as error:
        message = _l("%(file)s can't be read: %(why)s.", file=file, why=error.strerror)
        raise DomainError(message) from error


def put(data: str, out: Path | None) -> None:
    """Write a text to a file, or to standard output."""
    if out is None:
        click.echo(data)
        return
    try:
        out.write_text(data, encoding="utf-8")
    except OSError as error:
        message = _l("%(file)s can't be written: %(why)s.", file=out, why=error.strerror)
        raise DomainError(message) from error

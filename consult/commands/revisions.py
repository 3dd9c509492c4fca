"""`flask consult revisions`: what a Word file says once its tracked changes are decided."""

from pathlib import Path

import click
from flask import Flask

from consult.commands import group
from consult.word.package import MAX_BYTES
from consult.word.revisions import plain_text
from core.cli import command_errors
from core.errors import DomainError
from core.texts import lazy as _l


@group.command("revisions")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--accept/--reject", default=None, help="What to do with every tracked change.")
@command_errors
def revisions(file: Path, *, accept: bool | None) -> None:
    """Print the text of a Word FILE, one paragraph a line, its changes accepted or rejected."""
    if accept is None:
        raise DomainError(_l("Say --accept or --reject: the text depends on it."))
    try:
        with file.open("rb") as content:
            data = content.read(MAX_BYTES + 1)
    except OSError as error:
        message = _l("%(file)s can't be read: %(why)s.", file=file, why=error.strerror)
        raise DomainError(message) from error
    for line in plain_text(data, accept=accept):
        click.echo(line)


def init_app(app: Flask) -> None:
    """Add the command; the group itself is registered once."""
    if group.name not in app.cli.commands:
        app.cli.add_command(group)

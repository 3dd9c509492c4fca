"""`flask movement …`: load the directory, give people their roles."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from core.cli import answer, command_errors, refuse
from core.clock import now
from core.db import get_session, transaction
from movement import directory_data
from movement.directory_file import LARGEST, read_societies
from movement.models import Role
from movement.queries.directory import is_loaded
from movement.services import directory_load, people

LABEL = "command line"
group = AppGroup("movement", help="The directory of organisations, and people.")
person = AppGroup("person", help="People and their roles.")
group.add_command(person)


@group.command("load")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--unless-loaded", is_flag=True, help="Leave a directory that is there alone.")
@command_errors
def load(file: Path | None, *, unless_loaded: bool) -> None:
    """Load the package's directory, or the National Societies of a CSV FILE; print what changed."""
    if unless_loaded and is_loaded(get_session()):
        answer({"loaded": False})
        return
    societies = read_societies(_content(file)) if file else directory_data.societies()
    with transaction() as session:
        directory_load.load_regions(session, directory_data.regions())
        organisations = directory_load.load_organisations(
            session,
            societies,
            [] if file else directory_data.components(),
            now=now(),
            label=LABEL,
        )
        groups = directory_load.load_groups(
            session, [] if file else directory_data.groups(), now=now(), label=LABEL
        )
    answer({"organisations": organisations.as_json(), "groups": groups.as_json()})


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        refuse(f"{file} can't be read: {error.strerror}.")


@person.command("add")
@click.argument("email")
@click.option("--role", required=True, help=", ".join(Role))
@click.option("--organisation", help="ISO3, IFRC, ICRC or a network's code, as in APMN.")
@click.option("--process", help="The code of the process; needed where there are several.")
@click.option("--language", help="en, fr, es or ar")
@click.option("--name", default="", help="The person's name or function, as pages show it.")
@command_errors
def add_person(
    email: str,
    role: str,
    organisation: str | None,
    process: str | None,
    language: str | None,
    name: str,
) -> None:
    """Give the person with this address a role; make the person first if there is none."""
    wanted = people.Wanted(email, role, organisation, process, language, name)
    with transaction() as session:
        given = people.give(session, wanted, now=now(), label=LABEL)
    answer(given.as_json())


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)

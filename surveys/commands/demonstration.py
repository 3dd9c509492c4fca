"""`flask demo load|remove|links`: a wave of invented answers, to try everything on."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from core.cli import answer, command_errors
from core.clock import now
from core.db import get_session, transaction
from core.queue import wake
from core.settings import Settings
from core.tasks import deliver_mail
from movement import demonstrations
from movement.models import Role
from movement.queries.people import demonstration_people
from movement.services.messages import Office
from surveys.services import demonstration

group = AppGroup("demo", help="The demonstration: invented answers, marked as such everywhere.")


@group.command("load")
@click.option("--unless-removed", is_flag=True, help="Not where it was taken away before.")
@command_errors
def load(*, unless_removed: bool) -> None:
    """Load a wave with 51 invented responses and a consultation; harmless if they are there."""
    settings: Settings = current_app.config["SETTINGS"]
    if unless_removed and demonstration.was_removed(get_session()):
        answer({"loaded": False, "responses": 0})
        return
    with transaction() as session:
        done = demonstration.load(session, office=Office.of(settings), now=now())
        process = demonstration.process_of(session)
        parts = demonstrations.load_parts(session, process, now=now())
    if done.loaded:
        wake(deliver_mail)
    answer({"loaded": done.loaded, "responses": done.responses, **parts})


@group.command("remove")
@command_errors
def remove() -> None:
    """Take the demonstration away: wave, answers, people, mail and files."""
    with transaction() as session:
        call = demonstration.find_demonstration(session)
        removed = demonstration.remove(session, now=now())
        demonstrations.remove_parts(session)
    if call is not None:
        settings: Settings = current_app.config["SETTINGS"]
        for path in _files(settings.data_dir, call.code):
            path.unlink(missing_ok=True)
    answer({"removed": removed})


def _files(folder: Path, code: str) -> list[Path]:
    return list((folder / "exports").glob(f"**/*{code}*"))


@group.command("links")
@command_errors
def links() -> None:
    """Print where each invented person signs in, one line per role."""
    settings: Settings = current_app.config["SETTINGS"]
    for _person, role, names in demonstration_people(get_session()):
        label = "Co-Chair" if role is Role.CO_CHAIR else role.value.replace("_", " ").capitalize()
        place = f", {names['en']}" if names else ""
        click.echo(f"  {label + place:<42} {settings.base_url}/demo/{role.value}")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)

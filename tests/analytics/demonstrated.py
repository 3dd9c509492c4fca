"""The demonstration in a test's own database, and its people at their browsers."""

import json
from typing import Any

from flask import Flask
from sqlmodel import Session, select

from movement.models import Person, Role
from surveys.services.demonstration import DOMAIN
from tests.factories import Browser, browser_of

WAVE = "migration-2020"
PLACE = f"/results/{WAVE}"


def command(app: Flask, *words: str) -> Any:
    """What a command prints; it must succeed."""
    result = app.test_cli_runner().invoke(args=list(words))
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def tabulated(app: Flask, question: str, *more: str) -> Any:
    return command(app, "analytics", "tabulate", WAVE, "--question", question, *more)


def load(app: Flask) -> None:
    """Load directory and demonstration into a migrated database."""
    command(app, "movement", "load")
    command(app, "demo", "load")


def browser(app: Flask, session: Session, role: Role, society: str = "") -> Browser:
    """The browser of the invented person of a role, of a Society where one is named."""
    place = f".{society}" if society else ""
    address = f"{role.value.replace('_', '-')}{place}@{DOMAIN}"
    return browser_of(
        app, session, session.exec(select(Person).where(Person.email == address)).one()
    )

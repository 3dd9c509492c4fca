"""Who sits at the pages of what follows a text, and what the database holds afterwards."""

from typing import TypeVar

from flask import Flask
from sqlmodel import Session, SQLModel, select

from movement.models import Organisation, Role
from tests.factories import Browser, browser_of, somebody

DESK = "/consultations/strategy-text/desk"
T = TypeVar("T", bound=SQLModel)


def rows(session: Session, model: type[T]) -> list[T]:
    """All rows of a table as the database has them now; holds no lock."""
    session.rollback()
    with Session(session.get_bind()) as own:
        return list(own.exec(select(model)))


def staff_of(app: Flask, session: Session) -> Browser:
    return browser_of(app, session, somebody(session, Role.SECRETARIAT))


def focal_of(app: Flask, session: Session, one: Organisation) -> Browser:
    return browser_of(app, session, somebody(session, Role.FOCAL_POINT, one))

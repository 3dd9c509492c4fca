"""A survey with one version, Kenya answering it, and the secretariat."""

import pytest
from flask import Flask
from sqlmodel import Session

from movement.models import Call, Organisation, Role
from tests.factories import (
    Browser,
    a_society,
    an_open_wave,
    begun,
    browser_of,
    save,
    somebody,
)
from tests.surveys.versions.publishing import FIRST, Publisher, ghana, publisher


@pytest.fixture
def call(session: Session, society: Organisation) -> Call:
    a_society(session, "GHA")
    return an_open_wave(session, FIRST)


@pytest.fixture
def path(browser: Browser, call: Call, society: Organisation) -> str:
    """A response in progress that answers every question."""
    path = begun(browser, call, society)
    save(browser, path, "one", q_name="Clinics", q_old="Once")
    save(browser, path, "two", q_colour="pink")
    return path


@pytest.fixture
def publishing(session: Session, path: str) -> Publisher:
    session.rollback()
    made = publisher(session)
    session.commit()  # lets go of the database
    return made


@pytest.fixture
def staff(app: Flask, session: Session) -> Browser:
    return browser_of(app, session, somebody(session, Role.SECRETARIAT))


@pytest.fixture
def neighbour(app: Flask, session: Session, call: Call) -> Browser:
    """Ghana's, which has submitted under the first version."""
    return ghana(app, session, call)[0]

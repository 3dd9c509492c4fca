"""A Society that is asked, and somebody of it who answers. A file's `FORM` is what it is asked."""

import pytest
from flask import Flask
from sqlmodel import Session

from movement.models import Call, Organisation, Role
from tests.factories import Browser, a_society, an_open_wave, begun, browser_of, somebody


@pytest.fixture
def society(session: Session) -> Organisation:
    return a_society(session)


@pytest.fixture
def call(request: pytest.FixtureRequest, session: Session, society: Organisation) -> Call:
    """An open wave of the file's questionnaire."""
    return an_open_wave(session, request.module.FORM)


@pytest.fixture
def browser(app: Flask, session: Session, society: Organisation, call: Call) -> Browser:
    """The focal point's."""
    return browser_of(app, session, somebody(session, Role.FOCAL_POINT, society))


@pytest.fixture
def path(browser: Browser, call: Call, society: Organisation) -> str:
    """Of the response, just begun."""
    return begun(browser, call, society)

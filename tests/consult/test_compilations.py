"""Long compilations come in parts: each contribution stands in one, and each says how many."""

import re

import pytest
from flask import Flask
from sqlmodel import Session

from consult.models import Stance
from consult.routes import accounts
from tests.consult.asked import Asked, a_society_asked
from tests.consult.said import amends, takes_position
from tests.consult.visiting import staff_of

PATH = "/consultations/strategy-text/drafts/0/compilation"


@pytest.fixture
def asked(session: Session) -> Asked:
    """Kenya, which proposed other words for the first paragraph."""
    asked = a_society_asked(session)
    amends(session, asked.one, asked.society, "p1", "Societies act on rights alone.")
    return asked


def test_a_long_compilation_comes_in_parts_that_together_show_each_contribution_once(
    app: Flask, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "WHOLE_AT_ONCE", 1)
    texts = {f"Said number {number}.": about
             for number, about in enumerate(("p2", "p3", "p3", None), start=1)}  # fmt: skip
    for text, about in texts.items():
        asked.said(about=about, text=text)
    asked.session.commit()
    browser = staff_of(app, asked.session)

    first = browser.get(PATH).text
    parts = [browser.get(f"{PATH}?section={at}").text for at in range(first.count("<option"))]

    assert len(parts) == 4
    for text in texts:
        assert sum(text in part for part in parts) == 1


def test_each_part_of_a_long_compilation_says_how_much_it_shows(
    app: Flask, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "WHOLE_AT_ONCE", 3)
    for about in (None, "p2", "p2"):
        asked.said(about=about)
    for counts in (False, False, True):
        takes_position(asked.session, asked.one, asked.society, "p3", Stance.SUPPORT,
                       is_current=counts)  # fmt: skip
    asked.session.commit()
    browser, name = staff_of(app, asked.session), asked.society.names["en"]

    told = re.findall(r"\((\d+)\)</option>", browser.get(PATH).text)
    shown = [browser.get(f"{PATH}?section={at}").text for at in range(len(told))]

    assert told == ["2", "3"]
    assert [page.count(f"{name} – ") for page in shown] == [2, 3]

"""A visit to a public questionnaire: its cookie, its languages, and which response it is at.

The visit lives in one signed cookie of its own, sent to /p only and gone with the browser. It says
which response this browser is at, and in which language; the server keeps nothing of the visit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Flask, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_babel import refresh

from core.access import check
from core.clock import now
from core.db import get_session
from core.i18n import LANGUAGES
from core.settings import Settings
from surveys.completeness import Entered, counted, sections_asked
from surveys.definition import Question, Questionnaire, Section
from surveys.forms.live import said, section_said
from surveys.kinds import Line, kind_of
from surveys.logic import worked_out
from surveys.public_days import is_open
from surveys.public_languages import interface_for
from surveys.public_models import PublicForm, PublicResponse, PublicResponseState
from surveys.queries.public_forms import find_response, get_form
from surveys.queries.questionnaires import questionnaire_of

PREFIX = "/p"
VISITS = "visits"
NEW_CODE = "new_code"
KEPT_VISITS = 4
"""Questionnaires one browser is at at once: they travel in a cookie, which holds 4 kB."""
Answered = tuple[Question, list[Line]]


class VisitCookies(SecureCookieSessionInterface):
    """Below /p another cookie than elsewhere, so that nothing of a visit reaches other pages."""

    def get_cookie_name(self, app: Flask) -> str:
        if not _below():
            return super().get_cookie_name(app)
        settings: Settings = app.config["SETTINGS"]
        return "__Secure-plenary_visit" if settings.secure else "plenary_visit"

    def get_cookie_path(self, app: Flask) -> str:
        return PREFIX if _below() else super().get_cookie_path(app)


def _below() -> bool:
    return request.path.startswith(f"{PREFIX}/")


@dataclass(frozen=True)
class PublicVisit:
    """Somebody, nobody knows who, at a public questionnaire.

    `spoken`: the language of its texts; `response`: None before starting and after submitting.
    """

    form: PublicForm
    questionnaire: Questionnaire
    spoken: str
    response: PublicResponse | None

    @property
    def open(self) -> bool:
        """Whether it can be answered."""
        return is_open(self.form, now())

    @property
    def entered(self) -> Entered:
        """What the response holds."""
        held = self.response
        return Entered(held.answers, held.unread, held.confirmed) if held else Entered({}, {})

    @cached_property
    def moment(self) -> datetime:
        """The moment conditions see."""
        return now()

    @property
    def asked(self) -> frozenset[str]:
        """The codes of the sections in which something is asked, or may yet be."""
        return sections_asked(self.questionnaire, self.entered.answers, now=self.moment)

    def neighbours(self, code: str) -> tuple[str | None, str | None]:
        """The codes of the sections asked before and after one."""
        asked, place = self.asked, self.codes.index(code)
        before, after = self.codes[:place], self.codes[place + 1 :]
        return (
            next((one for one in reversed(before) if one in asked), None),
            next((one for one in after if one in asked), None),
        )

    @property
    def codes(self) -> list[str]:
        """The sections' codes, in their order."""
        return [section.code for section in self.questionnaire.sections]

    def section(self, code: str) -> Section:
        """The section with this code; not found otherwise."""
        found = self.questionnaire.section(code)
        check(found is not None)
        return found  # type: ignore[return-value]  # check raised if it is None

    def in_words(self) -> list[tuple[Section, list[Answered]]]:
        """Each section asked, with the questions asked of this person and their answers' lines."""
        answers, asked = self.entered.answers, self.asked
        given = counted(self.questionnaire, answers, now=self.moment)
        top = worked_out(self.questionnaire, answers, final=True, now=self.moment).top

        def answered(section: Section) -> list[Answered]:
            shown = [q for q in section.questions if q.asks and top.shown(q.code)]
            return [(said(q, top), self._lines(q, given)) for q in shown]

        sections = (s for s in self.questionnaire.sections if s.code in asked)
        return [(section_said(section, top), answered(section)) for section in sections]

    def _lines(self, question: Question, given: Mapping[str, Any]) -> list[Line]:
        stored = given.get(question.code)
        return [] if stored is None else kind_of(question).summary(question, stored, self.spoken)


def arrive(code: str) -> PublicVisit:
    """The visit a request belongs to; from here on its pages speak the nearest language we do."""
    database = get_session()
    form = get_form(database, code)
    questionnaire = questionnaire_of(database, form.version_id)
    here = PublicVisit(form, questionnaire, _spoken(form), _response(form))
    g.public_visit = here
    wished = [wish.partition("-")[0] for wish in request.accept_languages.values()]
    interface = interface_for(here.spoken, list(LANGUAGES), wished)
    if session.get("language") != interface:
        session["language"] = interface
    refresh()
    return here


def _spoken(form: PublicForm) -> str:
    """The language asked for, else that of the visit, else the browser's, else the first."""
    for wish in (request.values.get("language", ""), _visit(form).get("language", "")):
        if wish in form.languages:
            return str(wish)
    return request.accept_languages.best_match(form.languages) or form.languages[0]


def _visit(form: PublicForm) -> dict[str, str]:
    visits: dict[str, dict[str, str]] = session.get(VISITS, {})
    return visits.get(form.code, {})


def _response(form: PublicForm) -> PublicResponse | None:
    named = _visit(form).get("id")
    found = find_response(get_session(), form, UUID(named)) if named else None
    under_way = found is not None and found.state is PublicResponseState.IN_PROGRESS
    return found if under_way else None


def remember(form: PublicForm, response_id: UUID, language: str) -> None:
    """Let the visit be at this response, in this language."""
    others = [(code, at) for code, at in session.get(VISITS, {}).items() if code != form.code]
    mine = (form.code, {"id": str(response_id), "language": language})
    session[VISITS] = dict([*others[1 - KEPT_VISITS :], mine])


def forget(form: PublicForm) -> None:
    """Leave nothing of this questionnaire on the device."""
    session[VISITS] = {c: at for c, at in session.get(VISITS, {}).items() if c != form.code}
    session.pop(NEW_CODE, None)


def started_here(form: PublicForm) -> UUID | None:
    """The response this visit is or was at, submitted ones too."""
    named = _visit(form).get("id")
    return UUID(named) if named else None


def key() -> bytes:
    """What codes are hashed and challenges are signed with."""
    return str(current_app.config["SECRET_KEY"]).encode()

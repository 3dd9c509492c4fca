"""Somebody at an organisation's questionnaire: who it is, on whose behalf, in which words."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import g, redirect, request, session, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Redirect

from core import audit
from core.access import check
from core.clock import now
from core.db import get_session, sessions
from core.i18n import current_language
from core.queue import wake
from core.tasks import deliver_mail
from movement.actors import Actor
from movement.deadlines import closes_at
from surveys import policy
from surveys.completeness import Entered
from surveys.definition import Question, Questionnaire, Section, Texts, text_in
from surveys.kinds import Line, kind_of
from surveys.logic import fill, worked_out
from surveys.models import Channel, Response
from surveys.queries.questionnaires import questionnaire_of
from surveys.queries.responses import Asked, moment_of
from surveys.queries.waves import versions_of_wave
from surveys.services.responses import Author, is_open_for

ON_BEHALF = "on_behalf"
KEPT_REASONS = 3
TEST_RUN = "Test run"
LONGEST_REASON = 200
"""The reasons travel in a cookie, which holds 4 kB."""


class GoElsewhere(HTTPException):
    """Ends a request with a redirect, from wherever it is noticed."""

    def __init__(self, location: str) -> None:
        answer: Redirect = redirect(location, code=303)
        super().__init__(response=answer)


@dataclass(frozen=True)
class Visit:
    """A request to an organisation's questionnaire, by somebody allowed to be there.

    `version_id`: of the questionnaire; known even when the database can no longer be asked.
    """

    asked: Asked
    version_id: UUID
    questionnaire: Questionnaire
    actor: Actor
    author: Author

    @cached_property
    def language(self) -> str:
        """The language of the questionnaire's texts: the page's, if it was translated."""
        spoken = current_language()
        return spoken if spoken in self.questionnaire.languages else self.questionnaire.languages[0]

    @property
    def on_behalf(self) -> bool:
        """Whether staff act for the organisation."""
        return self.author.channel is Channel.ON_BEHALF

    @property
    def open(self) -> bool:
        """Whether answers can still change."""
        return is_open_for(self.asked, self.arrived)

    @property
    def closes_at(self) -> datetime:
        """When it closes for this organisation."""
        return closes_at(self.asked.call.closes_on, self.asked.organisation.timezone)

    @property
    def may_submit(self) -> bool:
        """Whether this person signs for the organisation."""
        return policy.may_submit(self.actor, self.asked.organisation.id)

    @property
    def response(self) -> Response:
        """The response; the page's address names one."""
        if self.asked.response is None:
            raise GoElsewhere(self.start_url)
        return self.asked.response

    @property
    def entered(self) -> Entered:
        """What the response holds."""
        response = self.response
        return Entered(response.answers, response.unread, response.confirmed)

    @cached_property
    def arrived(self) -> datetime:
        """When the request came: all it asks and does, it asks and does at one moment."""
        return now()

    @property
    def moment(self) -> datetime:
        """The moment conditions see."""
        return moment_of(self.asked, self.arrived)

    @property
    def start_url(self) -> str:
        """The page before the first question."""
        return url_for(
            "responses.begin", call=self.asked.call.code, organisation=self.asked.organisation.code
        )

    def said(self, texts: Texts) -> str:
        """One of the questionnaire's texts, with former answers in the places left for them."""
        text = text_in(texts, self.language)
        if "${" not in text:
            return text
        answers, moment = self.entered.answers, self.moment
        return fill(
            text, worked_out(self.questionnaire, answers, final=True, now=moment).top, self.language
        )

    def in_words(self, question: Question, stored: Any) -> list[Line]:
        """An answer's lines; none if there is no answer."""
        return [] if stored is None else kind_of(question).summary(question, stored, self.language)

    def section(self, code: str) -> Section:
        """The section with this code; not found otherwise."""
        found = self.questionnaire.section(code)
        check(found is not None)
        return found  # type: ignore[return-value]  # check raised if it is None


def visit(asked: Asked) -> Visit:
    """Let the signed-in person in, or answer as if there were no such page.

    Staff act on the organisation's behalf: they first say why, and each look is audited.
    """
    actor: Actor = g.actor
    check(policy.may_answer(actor, asked.organisation.id))
    author = Author(actor.label, actor.id)
    g.test_run = asked.call.test  # the page says so on top
    if policy.acts_on_behalf(actor, asked.organisation.id):
        reason = TEST_RUN if asked.call.test else _reasons(actor).get(str(asked.participation.id))
        if not reason:
            raise GoElsewhere(
                url_for(
                    "responses.on_behalf",
                    call=asked.call.code,
                    organisation=asked.organisation.code,
                    next=request.path,
                )
            )
        author = Author(actor.label, actor.id, Channel.ON_BEHALF, reason)
        _audit_look(asked, actor)
    version_id = asked.version_id
    here = Visit(asked, version_id, questionnaire_of(get_session(), version_id), actor, author)
    g.visit = here  # for a refusal's page, which tells in words what was typed
    return here


def as_sent(here: Visit) -> Visit:
    """The visit with the version a sent page was made from, if the wave has asked another since.

    What was typed is read as it was asked: nothing of it is lost when a version comes in between.
    """
    sent = request.form.get("version", "")
    if sent in ("", str(here.version_id)):
        return here
    known = versions_of_wave(get_session(), here.asked.wave).values()
    found = next((version_id for version_id in known if str(version_id) == sent), None)
    if found is None:
        return here
    return replace(here, version_id=found, questionnaire=questionnaire_of(get_session(), found))


def _audit_look(asked: Asked, actor: Actor) -> None:
    """Note in a transaction of its own that staff saw an organisation's answers."""
    if asked.response is None or request.method not in ("GET", "HEAD"):
        return
    with sessions()() as own:
        about = f"{asked.call.code}/{asked.organisation.code}"
        audit.record(own, "response.seen", about=about, now=now(), by=actor, path=request.path)
        own.commit()


def _reasons(actor: Actor) -> dict[str, str]:
    """Why this person acts for organisations, by participation; another's reasons don't count."""
    kept: dict[str, Any] = session.get(ON_BEHALF, {})
    reasons: dict[str, str] = kept.get("reasons", {})
    return reasons if kept.get("sign_in") == str(actor.session_id) else {}


def remember_reason(asked: Asked, reason: str) -> None:
    """Keep why staff act for an organisation until they sign out; the latest few are kept."""
    actor: Actor = g.actor
    mine = str(asked.participation.id)
    reasons = {key: said for key, said in _reasons(actor).items() if key != mine}
    kept = [*list(reasons.items())[1 - KEPT_REASONS :], (mine, reason[:LONGEST_REASON])]
    session[ON_BEHALF] = {"sign_in": str(actor.session_id), "reasons": dict(kept)}


def mail_soon() -> None:
    """Wake the sender, after the transaction."""
    wake(deliver_mail)

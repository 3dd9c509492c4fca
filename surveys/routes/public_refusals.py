"""Refusals on public pages: small pages too, in the visit's language, that lose nothing typed."""

from flask import Blueprint, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from core.characters import REFUSED
from core.errors import DomainError
from core.typed import Typed, carried
from surveys.definition import text_in
from surveys.forms.answers import PREFIX
from surveys.kinds import kind_of
from surveys.routes.public_visit import PublicVisit

BAD_REQUEST, NOT_FOUND, TOO_MUCH, TOO_MANY = 400, 404, 413, 429
UNSHOWN = frozenset({"language"})


def _typed() -> Typed:
    """What was typed, by the question's text where the visit is known."""
    here: PublicVisit | None = g.get("public_visit")
    found = []
    for name, values in request.form.lists():
        label = _label(here, name)
        if name not in UNSHOWN and not carried(name) and not _names_items(here, name):
            found += [(label, value) for value in values if value.strip()]
    return [(REFUSED.sub("", label), REFUSED.sub("", text)) for label, text in found]


def _names_items(here: PublicVisit | None, name: str) -> bool:
    """Whether an input says which items a repeat has: nobody typed that."""
    code = name.removeprefix(PREFIX).rpartition("/")[2]
    question = here.questionnaire.anywhere.get(code) if here else None
    return question is not None and kind_of(question).nested


def _label(here: PublicVisit | None, name: str) -> str:
    if here is None:
        return name
    asked = name.removeprefix(PREFIX).rpartition("/")[2]
    for code, question in here.questionnaire.anywhere.items():
        if asked == code or asked.startswith(f"{code}-"):
            return text_in(question.texts, here.spoken)
    return name


def refused(title: str, message: object, status: int, *, again: bool = False) -> tuple[str, int]:
    """The page of a refusal. `again`: whether sending the same once more may help."""
    readable = request.method == "POST" and status != TOO_MUCH  # a form too large is never read
    fields = [(n, vs) for n, vs in request.form.lists() if n != "csrf_token"] if readable else []
    page = render_template(
        "surveys/public/refused.html",
        title=title,
        message=message,
        typed=_typed() if readable else [],
        fields=[(REFUSED.sub("", n), [REFUSED.sub("", v) for v in vs]) for n, vs in fields],
        action=request.path if again and request.method == "POST" else "",
        code="" if status == NOT_FOUND else (request.view_args or {}).get("code", ""),
    )
    return page, status


def _domain_error(error: DomainError) -> ResponseReturnValue:
    title = _("Page not found") if error.status == NOT_FOUND else _("This can't be done")
    return refused(title, error.message, error.status)


def _no_token(_error: CSRFError) -> ResponseReturnValue:
    message = _(
        "Your browser did not keep this visit. If it refuses cookies, allow them for this page: "
        "they end with the visit. What you typed is below: send it again."
    )
    return refused(_("This was not sent"), message, BAD_REQUEST, again=True)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if error.response is not None:
        return error.get_response()
    known = {
        NOT_FOUND: (_("Page not found"), _("Check the address.")),
        TOO_MUCH: (_("Too much at once"), _("Shorten what you wrote, and send it again.")),
        TOO_MANY: (
            _("Too many at once"),
            _("Many people are answering from here. Wait a few minutes, and try again."),
        ),
    }
    title, message = known.get(status, (_("This can't be done"), _("Go back, and try again.")))
    answer = current_app.make_response(refused(title, message, status, again=status == TOO_MANY))
    for name, value in error.get_headers():
        if name.lower() in ("retry-after", "allow"):
            answer.headers[name] = value
    return answer


def refuse_in(blueprint: Blueprint) -> None:
    """Let the pages of a blueprint refuse in this way."""
    blueprint.register_error_handler(DomainError, _domain_error)
    blueprint.register_error_handler(CSRFError, _no_token)
    blueprint.register_error_handler(HTTPException, _http_error)

"""When nobody is signed in: to the sign-in page, with what was typed kept for afterwards."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from core.access import SignInNeeded, access, signed_in
from core.clock import now
from core.db import get_session, transaction
from core.typed import typed_at
from core.web import PRIVATE_FIELDS, kept_page, local_path, read_at
from movement.identify import cookie_token
from movement.routes.signin import sign_in_page
from movement.services import kept

blueprint = Blueprint("kept", __name__)


def here() -> str:
    """The request's path with its query, as a path of this site."""
    return local_path(request.full_path.rstrip("?")) or "/"


def ask_to_sign_in(_error: SignInNeeded) -> ResponseReturnValue:
    """Lead a reader to the sign-in page; keep a writer's text first."""
    if request.method in ("GET", "HEAD"):
        target = here()
        return redirect(url_for("signin.ask", next=None if target == "/" else target))
    if _keep_typed():
        message = _("What you typed is kept. Sign in, and it will be put back.")
        return sign_in_page(message=message), 401
    return kept_page(
        _("You are not signed in"),
        _("Nothing was sent. Sign in in another tab, then come back here and send it again."),
        401,
    )


def _keep_typed() -> bool:
    """Keep the request's form for the person whose session this browser last had."""
    fields = {name: values for name, values in request.form.lists() if name not in PRIVATE_FIELDS}
    with transaction() as session:
        person_id = kept.person_of_session(session, cookie_token())
        return person_id is not None and kept.keep(session, person_id, here(), fields, now=now())


@blueprint.get("/kept")
@access(signed_in)
def index() -> ResponseReturnValue:
    """The pages whose text is kept."""
    rows = kept.kept_of(get_session(), g.actor.id, now=now())
    return render_template("movement/kept.html", rows=rows)


@blueprint.get("/kept/<uuid:kept_id>")
@access(signed_in)
def show(kept_id: UUID) -> ResponseReturnValue:
    """What was typed, ready to be sent to its own page again."""
    row = kept.get_kept(get_session(), kept_id, g.actor.id, now=now())
    fields = list(row.fields.items())
    sent: MultiDict[str, str] = MultiDict([(name, v) for name, values in fields for v in values])
    page = _page_at(row.path)
    endpoint, values = page or (None, {})
    return render_template(
        "errors/kept.html",
        title=_("Your text is here"),
        message=_("Your session had ended, so this was not sent. Send it again now."),
        fields=fields,
        readable=typed_at(endpoint, values, sent),
        action=row.path if page else url_for("home.index"),
        back=read_at(row.path),
    )


def _page_at(path: str) -> tuple[str, Mapping[str, Any]] | None:
    """The endpoint and values of a path, if forms are still sent there."""
    adapter = current_app.url_map.bind("")
    try:
        return adapter.match(local_path(path).partition("?")[0], method="POST")
    except HTTPException:
        return None


def init_app(app: Flask) -> None:
    """Add the pages, and answer whoever must sign in first."""
    app.register_blueprint(blueprint)
    app.register_error_handler(SignInNeeded, ask_to_sign_in)

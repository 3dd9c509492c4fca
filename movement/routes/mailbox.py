"""The mailbox of development: every mail, as its readers would get it.

It shows sign-in links, so it exists only where one-click sign-in does: in development, on this
machine's own address. Everywhere else there is no such page.
"""

from uuid import UUID

from flask import Blueprint, Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from core import navigation
from core.access import access, anyone
from core.db import get_session
from core.errors import NotFound
from core.settings import Settings
from movement.queries.mail import get_mail, latest_mails

blueprint = Blueprint("mailbox", __name__, url_prefix="/mail")


def _exists(_actor: object = None) -> bool:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.demonstration_sign_in


@blueprint.before_request
def _development_only() -> None:
    if not _exists():
        raise NotFound(_l("There is no such page."))


@blueprint.get("")
@access(anyone)
def index() -> ResponseReturnValue:
    """The newest mails, or those to one address."""
    address = request.args.get("to", "").strip().lower()[:320]
    return render_template(
        "movement/calls/mailbox.html",
        mails=latest_mails(get_session(), address=address),
        address=address,
    )


@blueprint.get("/<uuid:mail_id>")
@access(anyone)
def letter(mail_id: UUID) -> ResponseReturnValue:
    """One mail; an address that stands alone on its line is a link."""
    return render_template("movement/calls/letter.html", mail=get_mail(get_session(), mail_id))


def init_app(app: Flask) -> None:
    """Register the pages and their line of the menu."""
    app.register_blueprint(blueprint)
    navigation.entry(app, _l("Mail"), "mailbox.index", _exists, position=90)

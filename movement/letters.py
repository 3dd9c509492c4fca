"""The mails about signing in and about a new role, each in its reader's language."""

from urllib.parse import urlsplit
from uuid import uuid4

from flask import current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from core.links import external_for
from core.outbox import Letter
from core.settings import Settings
from movement.addresses import inert_name
from movement.words import role_name


def mail_domain() -> str:
    """What stands behind the @ of Message-IDs."""
    settings: Settings = current_app.config["SETTINGS"]
    return urlsplit(settings.base_url).hostname or "localhost"


def link_letter(address: str, token: str, language: str) -> Letter:
    """The mail that carries a one-time link."""
    with force_locale(language):
        return Letter(
            key=f"sign-in:{uuid4()}",
            purpose="sign_in",
            to_address=address,
            language=language,
            subject=_("Your link to sign in to Plenary"),
            body=render_template(
                "email/sign_in.txt", link=external_for("signin.confirm", token=token)
            ),
        )


def colleague_letter(
    key: str, address: str, language: str, *, role: str, organisation: str, by: str
) -> Letter:
    """The mail that tells somebody of their new role. `organisation`, `by`: names, or "".

    Nothing in a name becomes a link.
    """
    with force_locale(language):
        return Letter(
            key=key,
            purpose="colleague",
            to_address=address,
            language=language,
            subject=_("You can now take part in Plenary"),
            body=render_template(
                "email/colleague.txt",
                role=role_name(role),
                organisation=inert_name(organisation),
                by=inert_name(by),
                link=external_for("signin.ask"),
            ),
        )

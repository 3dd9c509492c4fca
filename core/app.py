"""create_app: the one module that knows every feature."""

import hashlib
import logging
from functools import cache
from importlib import import_module
from typing import Any

from flask import Flask, url_for
from flask_compress import Compress
from jinja2 import StrictUndefined
from jinja2.runtime import Context
from sqlalchemy import text

from core import commands, i18n, queue, web
from core.access import access, anyone
from core.db import Sessions, close_session, get_session
from core.navigation import navigation
from core.settings import ROOT, Settings, load_settings
from surveys.definition import text_in

log = logging.getLogger(__name__)
SCHEDULE: dict[str, dict[str, Any]] = {
    "deliver-mail": {"task": "core.deliver_mail", "schedule": 10.0},
}
# Each has init_app(app): pages, tasks and commands, lower packages first.
FEATURES: tuple[str, ...] = (
    "core.tasks",
    "movement.identify",
    "core.limits",
    "core.hosts",
    "movement.words",
    "movement.routes.signin",
    "movement.routes.kept",
    "movement.routes.people",
    "movement.routes.directory",
    "movement.commands.movement",
    "movement.routes.processes",
    "movement.routes.parties",
    "movement.routes.calls",
    "movement.routes.call_mail",
    "movement.routes.mailbox",
    "movement.tasks",
    "movement.commands.reminders",
    "surveys.commands.waves",
    "surveys.commands.questionnaires",
    "surveys.commands.logic",
    "surveys.commands.publishing",
    "surveys.routes.questionnaires",
    "surveys.commands.translations",
    "surveys.routes.languages",
    "surveys.routes.translating",
    "surveys.routes.bank",
    "surveys.routes.authoring",
    "surveys.routes.waves",
    "surveys.routes.publishing",
    "surveys.routes.reviewing",
    "surveys.routes.comparing",
    "surveys.routes.news",
    "surveys.commands.responses",
    "surveys.commands.demonstration",
    "surveys.routes.home",
    "surveys.routes.answering",
    "surveys.routes.evidence",
    "surveys.routes.submitting",
    "surveys.routes.copies",
    "surveys.tasks.public",
    "surveys.commands.public",
    "surveys.routes.public_staff",
    "surveys.routes.public_batches",
    "surveys.routes.public",
    "surveys.routes.public_answers",
    "consult.routes.adoption",
    "consult.routes.agreeing",
    "consult.routes.following",
    "consult.routes.pledges",
    "consult.routes.own_pledges",
    "consult.routes.staff_pledges",
    "consult.routes.reports",
    "consult.routes.reporting",
    "consult.commands.verify",
    "consult.commands.demonstration",
    "consult.commands.revisions",
    "consult.commands.drafts",
    "consult.commands.read_back",
    "consult.commands.rounds",
    "consult.routes.desk",
    "consult.routes.desk_rounds",
    "consult.routes.desk_queue",
    "consult.routes.desk_one",
    "consult.routes.desk_codes",
    "consult.routes.desk_entering",
    "consult.commands.redlines",
    "consult.commands.matrix",
    "consult.routes.beginning",
    "consult.routes.consultations",
    "consult.routes.meetings",
    "consult.routes.margin_notes",
    "consult.routes.reading",
    "consult.routes.own",
    "consult.routes.approving",
    "consult.routes.voice",
    "consult.routes.sponsors",
    "consult.routes.outcomes",
    "consult.commands.contribute",
    "consult.commands.exporting",
    "consult.routes.drafts",
    "consult.routes.drafting_lists",
    "consult.routes.drafting_languages",
    "consult.routes.comparing",
    "consult.routes.files",
    "consult.routes.accounts",
    "analytics.commands.tabulate",
    "analytics.commands.export",
    "analytics.tasks",
    "analytics.routes.results",
    "analytics.routes.consultation_results",
    "analytics.routes.citing",
    "analytics.routes.exports",
    "analytics.commands.public",
    "analytics.routes.public_results",
)


class _Context(Context):
    """A template's context. The components it imports know the environment's names and no others.

    Jinja compares all names at each import to find out whether there are others: never, here.
    """

    def __init__(self, *given: Any, **_globals: Any) -> None:
        super().__init__(*given)


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application for these settings (the environment's by default)."""
    settings = settings or load_settings()
    app = Flask("plenary", root_path=str(ROOT))
    _configure(app, settings)
    app.extensions["sessions"] = Sessions(settings.database)
    app.teardown_appcontext(close_session)
    web.init_app(app, settings)
    i18n.init_app(app)
    commands.init_app(app)
    _templates(app)
    _health(app)
    celery = queue.make_celery(app, settings)
    celery.conf.beat_schedule = dict(SCHEDULE)
    _features(app)
    Compress(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    prefix = "__Host-" if settings.secure else ""
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.signing_key(),
        SESSION_COOKIE_NAME=f"{prefix}plenary_form",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # the Origin header is checked in core.web
        MAX_CONTENT_LENGTH=12_000_000,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=2_000,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_LEVEL=5,
        COMPRESS_MIN_SIZE=600,
        COMPRESS_MIMETYPES=[
            "text/html",
            "text/css",
            "text/javascript",
            "application/json",
            "image/svg+xml",
            "text/csv",
        ],
    )


def _templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.context_class = _Context
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    @cache
    def digest(filename: str) -> str:
        return hashlib.sha256((ROOT / "static" / filename).read_bytes()).hexdigest()[:12]

    @cache
    def asset(filename: str) -> str:
        """The address of a static file; it changes with the content, so that it caches for ever."""
        return url_for("static", filename=filename, v=digest(filename))

    app.jinja_env.globals.update(asset=asset, text_in=text_in, navigation=navigation)


def _health(app: Flask) -> None:
    @app.get("/health")
    @access(anyone)
    def health() -> dict[str, Any]:
        """Whether the web and the database answer."""
        get_session().execute(text("SELECT 1"))
        return {"status": "ok"}


def _features(app: Flask) -> None:
    """Register each feature's pages, tasks and commands, and its rows of the schedule."""
    for name in FEATURES:
        module = import_module(name)
        if hasattr(module, "init_app"):
            module.init_app(app)

"""Languages of the interface: which one a request speaks, its direction, dates and numbers."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Blueprint, Flask, current_app, g, has_request_context, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Babel, format_decimal, format_percent, get_locale, get_translations
from flask_babel import format_date as babel_date
from flask_babel import gettext as _

from core.access import access, anyone
from core.scripts import is_right_to_left as is_right_to_left  # noqa: PLC0414 -- known from here
from core.settings import ROOT
from core.web import local_path

LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
DEFAULT_LANGUAGE = "en"
CLDR_ZONES = {
    "America/Argentina/Buenos_Aires": "America/Buenos_Aires",
    "Asia/Kathmandu": "Asia/Katmandu",
    "Asia/Kolkata": "Asia/Calcutta",
    "Asia/Yangon": "Asia/Rangoon",
    "Europe/Kyiv": "Europe/Kiev",
    "Pacific/Pohnpei": "Pacific/Ponape",
}
"""Zones the directory names as they are called today; CLDR keeps their cities under older names."""
babel = Babel()
blueprint = Blueprint("core", __name__)


def direction(language: str) -> str:
    """HTML's dir attribute: rtl or ltr."""
    return "rtl" if is_right_to_left(language) else "ltr"


def choose_language() -> str:
    """The person's own choice, else the Society's, else the browser's, else English."""
    if not has_request_context():
        return DEFAULT_LANGUAGE  # a command or a task: it writes to logs and scripts
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    actor = g.get("actor")
    if actor is not None and actor.language in LANGUAGES:
        return str(actor.language)
    return request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT_LANGUAGE


def current_language() -> str:
    """The code of the language now spoken, in and outside requests."""
    locale = get_locale()
    return locale.language if locale else DEFAULT_LANGUAGE


def place_of(zone: str) -> str:
    """The city a time zone is named for, in the current language."""
    locale = get_locale() or Locale.parse(DEFAULT_LANGUAGE)
    named = CLDR_ZONES.get(zone, zone)
    city = locale.time_zones.get(named, {}).get("city")
    return str(city or named.rpartition("/")[2].replace("_", " "))


def in_zone(moment: datetime, zone: str) -> str:
    """A moment as the people of a time zone read it, with the zone named."""
    local = moment.astimezone(ZoneInfo(zone))
    words = _(
        "%(day)s, %(time)s (%(place)s)",
        day=format_day(local.date()),
        time=f"{local:%H:%M}",
        place=place_of(zone),
    )
    return str(words)


def end_of_day(day: date, zone: str) -> str:
    """The end of a day in a time zone, in words: what a deadline is."""
    words = _("the end of %(day)s (time of %(place)s)", day=format_day(day), place=place_of(zone))
    return str(words)


def format_moment(moment: datetime) -> str:
    """A moment in UTC, said so."""
    moment = moment.astimezone(UTC)
    words = _("%(day)s, %(time)s UTC", day=format_day(moment.date()), time=f"{moment:%H:%M}")
    return str(words)


def comma() -> str:
    """What stands between the items of a list."""
    return str(_(", "))


def format_day(day: date) -> str:
    """A date in words: 3 March 2027."""
    # CLDR's plain English is American: the day comes first here, as in the other languages.
    pattern = "d MMMM y" if current_language() == "en" else "long"
    return str(babel_date(day, pattern, rebase=False))


def format_share(share: float) -> str:
    """A share of one as a percentage without decimals."""
    return str(format_percent(share, "#,##0 %" if current_language() == "fr" else None))


@blueprint.post("/language")
@access(anyone)
def language() -> ResponseReturnValue:
    """Remember the chosen language in this browser and, through listeners, for the person."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
        for listener in current_app.extensions.get("language_listeners", ()):
            listener(chosen)
    return redirect(local_path(request.form.get("next", "")) or "/", code=303)


def _speak(app: Flask) -> None:
    """Let templates find a sentence at once: Flask-Babel looks up language and catalogue anew."""
    catalogues: dict[str, Any] = {}

    def catalogue() -> Any:
        language = current_language()
        found = catalogues.get(language)
        if found is None:
            found = catalogues[language] = get_translations()
        return found

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # its i18n extension's
        lambda message: catalogue().ugettext(message),
        lambda one, many, number: catalogue().ungettext(one, many, number),
        newstyle=True,
    )


def init_app(app: Flask) -> None:
    """Give templates and requests their language."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "core" / "translations")
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LANGUAGE
    babel.init_app(app, locale_selector=choose_language)
    _speak(app)
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        languages=LANGUAGES,
        direction_of=direction,
        format_date=format_day,
        format_datetime=format_moment,
        comma=comma,
        in_zone=in_zone,
        end_of_day=end_of_day,
        format_number=format_decimal,
        format_percent=format_share,
    )

    @app.context_processor
    def _language() -> dict[str, str]:
        spoken = current_language()
        return {"language": spoken, "direction": direction(spoken)}

"""One chart to explore: the interactive figure, and the library that draws it, from our own server.

The library comes from the installed package, compressed once and kept in the data folder. It is
the one page whose policy allows styles in the page: the two that the library writes, by their hash.
"""

import gzip
import secrets
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from flask import Response, current_app, g, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from analytics import policy
from analytics.charts.figure import figure
from analytics.routes import participation
from analytics.routes.figures import Drawn, Figure, figure_of, filter_words, find_drawn
from analytics.routes.results import blueprint
from analytics.routes.view import view_of
from core.access import access, check
from core.i18n import current_language
from core.settings import Settings
from core.web import POLICY
from surveys.definition import text_in

A_YEAR = 31_536_000
A_LETTER = 8
STYLES = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='",
)
"""The two style elements the library puts into the page: an empty one, which it fills by script,
and a fixed one. A release that writes others is noticed by the browser's test of this page.
"""


@blueprint.get("/<code>/explore/<chart>")
@access(policy.may_see_some_results)
def explore(code: str, chart: str) -> ResponseReturnValue:
    """One chart, interactive, with its table beside it."""
    view = view_of(code)
    drawn = find_drawn(chart, view, participation.drawn)
    call = view.wave.call
    return interactive(
        drawn,
        figure_of(drawn, view),
        place=(
            url_for(".overview", code=call.code),
            text_in(call.titles, current_language()) or call.code,
        ),
        spoken=view.language,
        how=filter_words(view),
        cite=url_for("citing.finding", code=code, chart=chart) if policy.may_cite(g.actor) else "",
    )


def interactive(
    drawn: Drawn,
    shown: Figure,
    *,
    place: tuple[str, str],
    spoken: str,
    how: str = "",
    cite: str = "",
) -> Response:
    """The page of one chart. `place`: the address and name of what it belongs to.

    `spoken`: the language of the chart's title; `how`: how it counts, "" where there is no choice;
    `cite`: where it is cited to a paragraph, "" for who doesn't.
    """
    page = render_template(
        "analytics/explore.html",
        place=place,
        spoken=spoken,
        how=how,
        cite=cite,
        drawn=drawn,
        shown=shown,
        figure=_without_title(figure(drawn.chart, drawn.labels)),
        plotly=url_for("results.plotly", release=_release()),
    )
    answer = Response(page)
    answer.headers["Content-Security-Policy"] = POLICY.replace(
        "style-src 'self'", " ".join(("style-src 'self'", *STYLES))
    )
    return answer


def _without_title(figure: dict[str, Any]) -> dict[str, Any]:
    """The figure as it stands below the page's heading, which says its title."""
    layout = {key: value for key, value in figure["layout"].items() if key != "title"}
    margin = {"t": 16, "l": 16, "r": 16 + _beside(layout["yaxis"]), "b": 16}
    return {**figure, "layout": {**layout, "margin": margin}}


def _beside(axis: dict[str, Any]) -> int:
    """The room of names on the right, in pixels: the library measures it on the left only."""
    if axis.get("side") != "right":
        return 0
    lines = [line for name in axis.get("ticktext", ()) for line in name.split("<br>")]
    return A_LETTER * max(map(len, lines), default=0)


@blueprint.get("/plotly-<release>.js")
@access(policy.may_see_some_results)
def plotly(release: str) -> ResponseReturnValue:
    """The drawing library; its address names its release, so that it may be kept for ever."""
    check(release == _release())
    if request.accept_encodings["gzip"]:
        answer = send_file(_compressed(), mimetype="text/javascript")
        answer.headers["Content-Encoding"] = "gzip"
    else:
        answer = send_file(_plain(), mimetype="text/javascript")
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return answer


@cache
def _release() -> str:
    return version("plotly")


def _plain() -> Path:
    return Path(str(files("plotly"))) / "package_data" / "plotly.min.js"


def _compressed() -> Path:
    """The library compressed, made when first asked for and kept."""
    settings: Settings = current_app.config["SETTINGS"]
    folder = settings.data_dir.resolve() / "cache"
    path = folder / f"plotly-{_release()}.js.gz"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.write_bytes(gzip.compress(_plain().read_bytes(), 9, mtime=0))
        fresh.replace(path)
    return path

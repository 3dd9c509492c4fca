"""The charts of who has answered."""

from collections import Counter

from flask_babel import format_date

from analytics.charts.chart import Chart
from analytics.charts.participation import Tile, participation, tile_grid, timeline
from analytics.queries.participation import Member, answered_by_day, members_of
from analytics.routes.figures import Drawn
from analytics.routes.labels import participation_labels
from analytics.routes.view import View
from analytics.routes.words import say as _
from core.clock import now
from core.db import get_session
from surveys.definition import text_in


def drawn(view: View) -> list[Drawn]:
    """By region, one tile per Society, over time."""
    members = members_of(get_session(), view.wave, now=now())
    return [
        _drawn("participation", by_region(view), view, _("Region"), _rates()),
        _drawn("tiles", tiles(view, members), view, _("National Society"), _tile_words()),
        _drawn("received", by_day(view), view, _("Day (UTC)"), _days_words()),
    ]


def by_region(view: View) -> Chart:
    """How many of each region's members have answered."""
    counted = Counter(str(response.region) for response in view.wave.responses)
    labels = participation_labels(view.language, view.region_names, "")
    return participation(counted, view.wave.frame, labels, title=_("Answered, by region"))


def tiles(view: View, members: list[Member]) -> Chart:
    """A tile per member that has a place on the grid."""
    labels = participation_labels(view.language, view.region_names, "")
    placed = [
        Tile(m.code, text_in(m.names, view.language), m.place[0], m.place[1], m.state)
        for m in members
        if m.place is not None
    ]
    return tile_grid(placed, labels, title=_("Who has answered"))


def by_day(view: View) -> Chart:
    """Answers received up to each day."""
    labels = participation_labels(view.language, view.region_names, "")
    days = [
        (day, str(format_date(day, "d MMM", rebase=False)), number)
        for day, number in answered_by_day(view.wave)
    ]
    return timeline(days, view.wave.frame.total, labels, title=_("Answers received over time"))


def _drawn(code: str, chart: Chart, view: View, first: str, reading: str) -> Drawn:
    labels = participation_labels(view.language, view.region_names, first)
    return Drawn(code, chart.title, reading, chart, labels)


def _rates() -> str:
    return _("Share of each region's National Societies that have answered.")


def _tile_words() -> str:
    return _("One tile for each National Society, about where it lies on the map.")


def _days_words() -> str:
    return _("Counted up to the end of each day, UTC. Reopened answers count once sent again.")

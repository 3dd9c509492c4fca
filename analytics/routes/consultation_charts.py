"""The charts of a round's results, each with its title and how to read it."""

from collections.abc import Callable, Mapping

from flask_babel import format_date

from analytics.charts import consultations as build
from analytics.charts.chart import Chart
from analytics.charts.labels import Labels
from analytics.charts.participation import participation
from analytics.consultations import (
    KINDS,
    OUTCOMES,
    STANCES,
    by_day,
    by_group,
    contested,
    part,
    positions,
    positions_map,
    speakers,
    spoke_by_region,
)
from analytics.routes.consultation_view import PENDING, RoundView, spoke
from analytics.routes.figures import Drawn
from analytics.routes.labels import count
from analytics.routes.words import say as _
from core.i18n import current_language
from surveys.definition import text_in

MOST_BARS = 15
MOST_ROWS = 40


def _drawn(chart: Chart, labels: Labels, reading: str) -> Drawn:
    return Drawn(chart.code, chart.title, reading, chart, labels)


def _coverage(view: RoundView) -> Drawn:
    labels, data = view.labels(_("Region")), view.data
    spoken = spoke_by_region(data.said, data.frame)
    chart = participation(spoken, data.frame, labels, title=_("Who contributed, by region"))
    return _drawn(chart, labels, _("Share of each region's National Societies that contributed."))


def _kinds(view: RoundView) -> Drawn:
    labels = view.labels(_("Kind"))
    figures = by_group(
        view.members, view.groups, KINDS, lambda one: [one.kind], everything=view.everything
    )
    chart = build.shares_by_group(
        "kinds", figures, view.groups, labels.names, labels,
        title=_("What they contributed, by region"), subtitle=_base(view),
    )  # fmt: skip
    reading = _("Share of the National Societies that contributed; most sent several kinds.")
    return _drawn(chart, labels, reading)


def _days(view: RoundView) -> Drawn:
    labels = view.labels(_("Day (UTC)"), _("Up to then"))
    days = [
        (day, str(format_date(day, "d MMM", rebase=False)), number)
        for day, number in by_day(view.data.said)
    ]
    subtitle = _(
        "%(n)s contributions stand, by %(voices)s organisations.",
        n=count(len(view.data.said)), voices=count(len(speakers(view.data.said))),
    )  # fmt: skip
    chart = build.received(
        days, labels, title=_("Contributions received over time"), subtitle=subtitle
    )
    return _drawn(chart, labels, _("Counted up to the end of each day, UTC, of all that stand."))


def _contested(view: RoundView) -> Drawn:
    labels = view.labels(_("Paragraph"))
    rows, _withheld = contested(view.data.said, view.data.order, everything=view.everything)
    chart = build.contested_bars(
        rows[:MOST_BARS], {r.lineage: view.places[r.lineage] for r in rows}, labels,
        title=_("Most contested paragraphs"), subtitle=took_positions(view),
    )  # fmt: skip
    reading = _(
        "Share of the positions on a paragraph that are concerns or objections. Paragraphs with "
        "five positions or more come first, by that share; equal shares share a place."
    )
    return _drawn(chart, labels, reading)


def _map(view: RoundView) -> Drawn:
    labels = view.labels(_("Paragraph"))
    rows = positions_map(
        view.data.said, view.data.order, everything=view.everything, most=MOST_ROWS
    )
    names = {
        lineage: _(
            "%(paragraph)s (positions: %(n)s)",
            paragraph=view.places[lineage], n=count(counted.total()),
        )
        for lineage, counted in rows
    }  # fmt: skip
    chart = build.stance_map(
        rows, STANCES, names, labels, title=_("Positions, paragraph by paragraph"),
        subtitle=took_positions(view),
    )  # fmt: skip
    reading = _(
        "Number of National Societies that took each position. The %(most)s paragraphs with most "
        "positions, in reading order.",
        most=count(MOST_ROWS),
    )
    return _drawn(chart, labels, reading)


def _stances(view: RoundView) -> Drawn:
    labels, took = view.labels(_("Position")), positions(view.data.said)
    figures = by_group(
        took, view.groups, STANCES, lambda one: [one.stance] if one.stance else [],
        everything=view.everything,
    )  # fmt: skip
    chart = build.shares_by_group(
        "stances", figures, view.groups, labels.names, labels,
        title=_("Positions, by region"), subtitle=took_positions(view),
    )  # fmt: skip
    reading = _(
        "Share of the National Societies with any position that took this one on at least one "
        "paragraph."
    )
    return _drawn(chart, labels, reading)


def _outcomes(view: RoundView) -> Drawn:
    labels, data = view.labels(_("Decision")), view.data
    admitted = data.figures.admitted
    enough = view.everything or not view.few
    counted = {code: data.outcomes.get(code, 0) for code in OUTCOMES} if enough else {}
    if data.figures.pending and enough:
        counted[PENDING] = data.figures.pending
    figures = {code: part(number, admitted, everything=True) for code, number in counted.items()}
    chart = build.counted_bars(
        "outcomes", figures, labels, title=_("What was decided"), subtitle=decided(view)
    )
    return _drawn(chart, labels, _("Share of the contributions admitted."))


def _themes(view: RoundView) -> Drawn:
    labels, language = view.labels(_("Theme")), current_language()
    names = {code: text_in(t, language) or code for code, t in view.data.themes.items()}
    figures = by_group(
        view.members, view.groups, list(names), lambda one: one.themes,
        everything=view.everything,
    )  # fmt: skip
    chart = build.shares_by_group(
        "themes", figures, view.groups, names, labels, title=_("Themes, by region"),
        subtitle=_base(view),
    )  # fmt: skip
    reading = _("Share of the National Societies that contributed and spoke of the theme.")
    return _drawn(chart, labels, reading)


def took_positions(view: RoundView) -> str:
    """How many took positions, of how many that contributed, of how many in all."""
    sentence = _(
        "%(took)s of the %(n)s National Societies that contributed took positions.",
        took=count(view.took), n=count(view.data.n),
    )  # fmt: skip
    return f"{sentence} {_base(view)}"


def decided(view: RoundView) -> str:
    """How many contributions were admitted and are decided on."""
    figures = view.data.figures
    return _(
        "%(disposed)s of %(admitted)s admitted contributions are decided on; %(submitted)s were "
        "submitted.",
        disposed=count(figures.disposed), admitted=count(figures.admitted),
        submitted=count(figures.submitted),
    )  # fmt: skip


def _base(view: RoundView) -> str:
    return spoke(view.data.n, view.data.frame.total)


COVERAGE = {"participation": _coverage, "kinds": _kinds, "days": _days}
"""Who spoke: by region, by kind of contribution, over time."""
POSITIONS = {"contested": _contested, "positions": _map, "stances": _stances}
"""What is contested: paragraphs, paragraph by position, position by region."""
DECISIONS = {"outcomes": _outcomes, "themes": _themes}
"""What was decided, and which themes were spoken of."""


def all_of(charts: Mapping[str, Callable[[RoundView], Drawn]], view: RoundView) -> list[Drawn]:
    """These charts of the round, drawn."""
    return [draw(view) for draw in charts.values()]


def find(view: RoundView, code: str) -> Drawn | None:
    """The chart of this code drawn, or None."""
    draw = {**COVERAGE, **POSITIONS, **DECISIONS}.get(code)
    return draw(view) if draw else None

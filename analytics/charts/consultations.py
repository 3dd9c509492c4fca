"""Charts of a consultation's round, of figures as its reader may see them.

It refuses to know how figures were counted: what is withheld has none to draw.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from uuid import UUID

from analytics.charts import palette
from analytics.charts.chart import Chart, ChartKind, Mark, Series
from analytics.charts.labels import Labels, Unit
from analytics.consultations import Contested, Part
from analytics.table import ALL
from movement.disclosure import Group

Names = Mapping[str, str]


def shares_by_group(
    code: str,
    figures: Mapping[str, Mapping[str, Part]],
    groups: Sequence[Group],
    names: Names,
    labels: Labels,
    *,
    title: str,
    subtitle: str,
) -> Chart:
    """A heat map: a row for each code, a column for each region or merged group."""
    series = tuple(
        Series(
            group.code, labels.name(group.code), palette.of_group(group.code),
            tuple(
                _mark(row, names.get(row, row), cells[group.code])
                for row, cells in figures.items()
            ),
        )
        for group in groups
    )  # fmt: skip
    return Chart(code, ChartKind.HEAT_MAP, title, subtitle, Unit.PERCENT, series, top=1.0)


def contested_bars(
    rows: Sequence[Contested], names: Mapping[UUID, str], labels: Labels, *, title: str,
    subtitle: str,
) -> Chart:  # fmt: skip
    """The share of critical positions on each paragraph, in the order given."""
    marks = tuple(_mark(str(r.lineage), names[r.lineage], r.critical) for r in rows)
    series = Series(ALL, labels.name(ALL), palette.NEUTRAL, marks)
    kind = ChartKind.RANKED_BARS
    return Chart("contested", kind, title, subtitle, Unit.PERCENT, (series,), top=1.0)


def stance_map(
    rows: Sequence[tuple[UUID, Counter[str]]],
    stances: Sequence[str],
    names: Mapping[UUID, str],
    labels: Labels,
    *,
    title: str,
    subtitle: str,
) -> Chart:
    """A heat map: a row for each paragraph, a column for each position, with their numbers."""
    series = tuple(
        Series(
            stance, labels.name(stance), palette.of_step(len(stances) - 1 - place, len(stances)),
            tuple(
                Mark(str(lineage), names[lineage], float(count[stance]), count[stance],
                     count.total())
                for lineage, count in rows
            ),
        )
        for place, stance in enumerate(stances)
    )  # fmt: skip
    top = float(max((m.value or 0 for s in series for m in s.marks), default=0)) or 1.0
    return Chart("positions", ChartKind.HEAT_MAP, title, subtitle, Unit.COUNT, series, top)


def counted_bars(
    code: str, figures: Mapping[str, Part], labels: Labels, *, title: str, subtitle: str
) -> Chart:
    """The share of each code in one whole, in the order given."""
    marks = tuple(_mark(one, labels.name(one), figure) for one, figure in figures.items())
    series = Series(ALL, labels.name(ALL), palette.NEUTRAL, marks)
    return Chart(code, ChartKind.RANKED_BARS, title, subtitle, Unit.PERCENT, (series,), top=1.0)


def received(
    days: Sequence[tuple[date, str, int]], labels: Labels, *, title: str, subtitle: str
) -> Chart:
    """Contributions received up to each day. `days`: in order, as shown, and that day's number."""
    totals = list(accumulate(count for _, _, count in days))
    whole = totals[-1] if totals else 0
    marks = tuple(
        Mark(day.isoformat(), label, float(total), total, whole)
        for (day, label, _), total in zip(days, totals, strict=True)
    )
    series = Series(ALL, labels.name(ALL), palette.NEUTRAL, marks)
    top = float(whole) or 1.0
    return Chart("days", ChartKind.TIMELINE, title, subtitle, Unit.COUNT, (series,), top)


def _mark(code: str, name: str, figure: Part) -> Mark:
    return Mark(code, name, figure.share, figure.n, figure.base, figure.withheld)

"""What the pages of a round's results say: headlines, how sure one can be, what is hidden."""

from collections.abc import Iterator, Sequence

from analytics.consultations import OUTCOMES, Contested, fewest, positions, spoke_by_region
from analytics.routes.consultation_charts import decided, took_positions
from analytics.routes.consultation_view import NAMES, RoundView
from analytics.routes.labels import count, joined, of
from analytics.routes.words import say as _
from core.i18n import comma, format_share

HALF = 0.5


def how_sure(view: RoundView) -> Iterator[str]:
    """How far what was said speaks for all members: by how many spoke, and where fewest did."""
    data, size = view.data, view.data.frame.total
    spoken = spoke_by_region(data.said, data.frame)
    least = fewest(spoken, data.frame)
    if not size or least is None:
        return
    if data.n == size:
        yield _("Every National Society contributed: what is shown is what all of them said.")
        return
    if data.n / size > HALF:
        yield _(
            "More than half of the National Societies contributed. The others may see it "
            "differently."
        )
    else:
        yield _(
            "Fewer than half of the National Societies contributed, or just half: this is what "
            "those that spoke said, and not what all of them think."
        )
    yield _(
        "The smallest share contributed in %(region)s: %(part)s.",
        region=view.region_names.get(least, least),
        part=of(spoken[least], data.frame.size(least)),
    )


def outside(view: RoundView) -> str:
    """How many others spoke, who count in no share."""
    if not view.data.voices_outside:
        return ""
    return _(
        "Besides them %(n)s other voices contributed (IFRC, ICRC, networks and groups). They count "
        "in no share of National Societies.",
        n=count(view.data.voices_outside),
    )


def notes(view: RoundView) -> Iterator[str]:
    """Which regions are shown together, and that some can't be shown."""
    merged = [group for group in view.groups if group.merged]
    if merged:
        yield _(
            "%(regions)s are shown together: in one of them fewer than five contributed or took "
            "positions, and figures beside the total would give single ones away.",
            regions=joined([view.region_names.get(r, r) for r in merged[0].regions]),
        )
    elif not view.groups and view.data.n:
        yield _("Too few contributed for figures by region.")


def about_positions(
    view: RoundView, found: Sequence[Contested], withheld: int
) -> tuple[str, list[str]]:
    """(the headline, what must be known beside it)."""
    first = [one for one in found if one.rank == 1]
    told = [took_positions(view)]
    if withheld:
        told.append(
            _(
                "Paragraphs on which fewer than five took a position are not shown here: "
                "%(n)s of them.",
                n=count(withheld),
            )
        )
    if not positions(view.data.said):
        return _("No National Society has taken a position yet."), told
    if not first:
        return _("No paragraph with five positions or more has a concern or an objection."), told
    names = joined([_("“%(name)s”", name=view.places[one.lineage]) for one in first])
    share, critical = first[0].critical.share or 0, first[0].critical
    figure = f"{format_share(share)}, {of(critical.n or 0, critical.base or 0)}"
    if len(first) > 1:
        return _("Most contested, equally: %(names)s (%(share)s concerns or objections).",
                 names=names, share=format_share(share)), told  # fmt: skip
    return _("Most contested: %(name)s (%(figure)s positions are concerns or objections).",
             name=names, figure=figure), told  # fmt: skip


def about_decisions(view: RoundView) -> tuple[str, list[str]]:
    """(the headline, what must be known beside it)."""
    data = view.data
    if view.few and not view.everything:
        return _("Too few contributed to show what was decided on their words."), []
    if not data.figures.disposed:
        return _("Nothing is decided yet."), [decided(view)]
    counted = sorted(OUTCOMES, key=lambda code: -data.outcomes.get(code, 0))
    parts = [
        f"{NAMES[code]} {count(data.outcomes[code])}" for code in counted if data.outcomes.get(code)
    ]
    return decided(view), [comma().join(parts)]

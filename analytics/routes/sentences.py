"""What the pages say of a question's figures in words."""

from collections.abc import Iterator, Sequence

from analytics.charts.build import UNITS, names_in
from analytics.charts.headline import code_of, headline_of, leading_rows, ordered
from analytics.charts.labels import Unit
from analytics.routes.labels import count, figure_text, joined
from analytics.routes.view import View
from analytics.routes.words import say as _
from analytics.table import Table
from surveys.definition import Question

RANKED = {"matrix", "ranking", "points"}
"""The kinds that ask what comes first; the others ask what is so."""


def headline(question: Question, table: Table, view: View) -> str:
    """Who comes first and second, ties told; "" where no figure may be told."""
    facts = headline_of(table)
    if facts is None:
        return ""
    places = facts.weighted_places if view.weighted else facts.places
    return _order(question, table, view, places or facts.places, weighted=view.weighted)


def about_weighting(question: Question, table: Table, view: View) -> str:
    """Whether counting regions by their members changes the order; "" where nothing is told."""
    facts = headline_of(table)
    if facts is None:
        return ""
    plain, weighted = (
        [code_of(row) for row in ordered(leading_rows(table), weighted=way)]
        for way in (False, True)
    )
    if facts.order_differs:
        other = facts.places if view.weighted else facts.weighted_places
        order = _order(question, table, view, other or (), weighted=not view.weighted)
        if view.weighted:
            return _("Without weighting the order is another: %(order)s", order=order)
        return _("Weighted by region the order is another: %(order)s", order=order)
    if plain != weighted:
        return _("Weighting by region keeps the first two, and changes the order of later places.")
    return _("Weighting by region does not change the order.")


def notes(table: Table, by_region: Table, view: View) -> Iterator[str]:
    """What a reader must know: left unanswered, withheld, merged, left out, speaking alone."""
    if table.n is None:
        yield _(
            "These regions can't be shown on their own here: single answers could be worked out. "
            "Choose regions as they are grouped above."
        )
        return
    if table.missing or table.not_asked:
        yield _(
            "Left unanswered: %(missing)s. Not asked because of an earlier answer: %(not_asked)s.",
            missing=count(table.missing or 0),
            not_asked=count(table.not_asked or 0),
        )
    yield from _about_groups(by_region, view)
    if view.weighted and by_region.weighting is not None:
        weighting = by_region.weighting
        if weighting.left_out:
            regions = _named(weighting.left_out, view)
            yield _("Nobody answered for %(regions)s: weighting leaves it out.", regions=regions)
        if weighting.flagged:
            regions = _named(weighting.flagged, view)
            yield _("One answer speaks for all of %(regions)s when weighted.", regions=regions)


def _about_groups(by_region: Table, view: View) -> Iterator[str]:
    merged = [size.group for size in by_region.groups if "+" in size.group]
    if merged:
        yield _(
            "%(regions)s are shown together: in one of them fewer than five answered, and figures "
            "beside the total would give single answers away.",
            regions=view.labels.name(merged[0]),
        )
    elif by_region.groups and all(size.suppressed for size in by_region.groups):
        yield _("Too few answered for figures by region.")


def _order(
    question: Question,
    table: Table,
    view: View,
    places: Sequence[Sequence[str]],
    *,
    weighted: bool,
) -> str:
    names = names_in(question, view.labels)
    unit = UNITS.get(table.kind, Unit.PERCENT)
    figures = {code_of(r): r.figure(weighted=weighted) for r in leading_rows(table)}

    def told(codes: Sequence[str]) -> str:
        value = figures.get(codes[0])
        figure = "" if value is None else figure_text(value, unit)
        names_told = joined([_("“%(name)s”", name=names.get(code, code)) for code in codes])
        return f"{names_told} ({figure})"

    first, *rest = [told(codes) for codes in places]
    if table.kind not in RANKED:
        return _most_often(first, rest, tied=[len(codes) > 1 for codes in places])
    if len(places[0]) > 1:
        return _("%(names)s share the first place.", names=first)
    if not rest:
        return _("%(name)s comes first.", name=first)
    if len(places[1]) > 1:
        return _("%(first)s comes first; %(names)s share the second place.",
                 first=first, names=rest[0])  # fmt: skip
    return _("%(first)s comes first, %(second)s second.", first=first, second=rest[0])


def _most_often(first: str, rest: Sequence[str], *, tied: Sequence[bool]) -> str:
    if tied[0]:
        return _("Most often, equally: %(names)s.", names=first)
    if not rest:
        return _("Most often: %(name)s.", name=first)
    if tied[1]:
        return _("Most often: %(first)s, then equally %(names)s.", first=first, names=rest[0])
    return _("Most often: %(first)s, then %(second)s.", first=first, second=rest[0])


def _named(regions: Sequence[str], view: View) -> str:
    return joined([view.labels.name(region) for region in regions])

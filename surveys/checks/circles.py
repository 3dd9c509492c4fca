"""Conditions and calculations that wait for each other: none of them could ever be decided."""

from collections.abc import Iterator, Mapping, Sequence

from core.texts import lazy as _l
from surveys.checks.finding import Finding
from surveys.checks.known import Known
from surveys.checks.subjects import Subject
from surveys.conditions import references

DECIDING = ("relevant", "calculation", "choice_filter", "times")
NAMED = 6
Needs = Mapping[int, frozenset[int]]


def circles(everything: Sequence[Subject], known: Known) -> Iterator[Finding]:
    """An error at each expression that is part of a circle."""
    needs = {subject.place: _needs(subject, known) for subject in everything}
    for circle in _circles(needs):
        codes = [everything[place].code for place in sorted(circle)]
        message = _l("These wait for each other: %(codes)s.", codes=", ".join(codes[:NAMED]))
        for place in sorted(circle):
            subject = everything[place]
            for field, tree in subject.trees():
                wanted = {known.places[c] for c in references(tree) if c in known.places}
                if field in DECIDING and wanted & circle:
                    yield subject.error(field, message)


def _needs(subject: Subject, known: Known) -> frozenset[int]:
    """The places of what must be decided before: what it stands in, and what it refers to."""
    codes = {
        code for field, tree in subject.trees() if field in DECIDING for code in references(tree)
    }
    places = {known.places[code] for code in codes if code in known.places}
    if subject.around:
        places.add(subject.around[-1].place)
    return frozenset(places - {subject.place})


def _circles(needs: Needs) -> list[frozenset[int]]:
    """The sets of places that reach each other (Tarjan's strongly connected components)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: dict[int, None] = {}  # in order, and quick to look into
    found: list[frozenset[int]] = []
    for start in needs:
        if start in index:
            continue
        index[start] = low[start] = len(index)
        stack[start] = None
        walk = [(start, iter(needs[start]))]
        while walk:
            place, following = walk[-1]
            for target in following:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack[target] = None
                    walk.append((target, iter(needs[target])))
                    break
                if target in stack:
                    low[place] = min(low[place], index[target])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[place])
                if low[place] == index[place]:
                    found.append(_taken(stack, place))
    return [component for component in found if len(component) > 1]


def _taken(stack: dict[int, None], place: int) -> frozenset[int]:
    """What was put onto the stack since this place, which is taken off."""
    taken: list[int] = []
    while not taken or taken[-1] != place:
        taken.append(stack.popitem()[0])
    return frozenset(taken)

"""What a round of a consultation amounts to: who spoke, what is contested, what was decided.

Functions of plain data. What stands counts: submitted or admitted contributions; not what was
returned or withdrawn, nor a position that a later one replaced. Shares are of National Societies
of the frame; other voices (IFRC, ICRC, networks) take part outside N and are counted apart.

Readers who don't read every contribution by name see no figure on one to four organisations, and
figures by region in the groups of `movement.disclosure` only: the same groups for the whole round.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from analytics.frame import Frame
from consult.contested import ranked
from movement import disclosure
from movement.disclosure import Group, too_few

KINDS = ("comment", "amendment", "position")
STANCES = ("support", "can_live_with", "concern", "object")
OUTCOMES = (
    "accepted", "partly", "not_accepted", "noted", "duplicate", "out_of_scope", "carried_over",
)  # fmt: skip


class Said(NamedTuple):
    """One contribution that stands. `region`: of a member of the frame, None for other voices.

    `organisation`: its code. `lineage` None: of the whole text. `themes`: those it is sorted under.
    A tuple, as there may be thousands on a page.
    """

    organisation: str
    region: str | None
    kind: str
    day: date
    lineage: UUID | None = None
    stance: str | None = None
    themes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """A number of a base; both None where `withheld`: too few stand in the base for this reader."""

    n: int | None
    base: int | None
    withheld: bool = False

    @property
    def share(self) -> float | None:
        """The number over its base; None where nobody stands in the base or it is withheld."""
        return None if not self.base or self.n is None else self.n / self.base


def part(n: int, base: int, *, everything: bool) -> Part:
    """The figure as a reader may see it."""
    if not everything and too_few(base):
        return Part(None, None, withheld=True)
    return Part(n, base)


def of_members(said: Iterable[Said]) -> list[Said]:
    """What members of the frame said."""
    return [one for one in said if one.region is not None]


def speakers(said: Iterable[Said]) -> set[str]:
    """Who spoke."""
    return {one.organisation for one in said}


def spoke_by_region(said: Iterable[Said], frame: Frame) -> dict[str, int]:
    """How many members of each region spoke, in the frame's order."""
    heard = _by_region(of_members(said))
    return {region: len(heard.get(region, ())) for region in frame.regions}


def positions(said: Iterable[Said]) -> list[Said]:
    """The positions of members of the frame: one of each Society on each paragraph."""
    return [one for one in of_members(said) if one.stance is not None]


def groups_of_round(said: Sequence[Said], frame: Frame, *, everything: bool) -> tuple[Group, ...]:
    """The regions as all figures of the round by region are shown; () for none.

    Merged so that neither who spoke nor who took positions is few in any group.
    """
    spoke, took = _by_region(of_members(said)), _by_region(positions(said))
    if everything:
        return tuple(
            Group((r,), (len(spoke.get(r, ())), len(took.get(r, ()))))
            for r in frame.regions if frame.size(r)
        )  # fmt: skip
    numbers = [{region: len(some) for region, some in heard.items()} for heard in (spoke, took)]
    return disclosure.groups_of_round(numbers[0], numbers[1], frame.regions)


def by_group(
    said: Sequence[Said],
    groups: Sequence[Group],
    codes: Sequence[str],
    codes_of: Callable[[Said], Iterable[str]],
    *,
    everything: bool,
) -> dict[str, dict[str, Part]]:
    """For each code and group: how many organisations of the group said something under the code.

    The base: those of the group that said any of `said`. Several codes of one organisation count
    under each. Outer keys are `codes`, inner ones the groups' codes.
    """
    heard = _by_region(said)
    under: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in said:
        for code in codes_of(one):
            under[code][one.region or ""].add(one.organisation)
    return {
        code: {
            group.code: part(
                sum(len(under[code][region]) for region in group.regions),
                sum(len(heard.get(region, ())) for region in group.regions),
                everything=everything,
            )
            for group in groups
        }
        for code in codes
    }


@dataclass(frozen=True, slots=True)
class Contested:
    """A paragraph with its critical positions (concern, object) of all positions on it.

    `rank`: its place, shared by equal shares; None where too few took a position to be ranked.
    """

    lineage: UUID
    critical: Part
    rank: int | None


def contested(
    said: Iterable[Said], order: Sequence[UUID], *, everything: bool
) -> tuple[list[Contested], int]:
    """(the paragraphs on which somebody has a concern or objects, how many are withheld).

    As `consult.contested` ranks them, in reading order (`order`) where nothing else decides. Who
    may not see few gets no paragraph with fewer positions than `THRESHOLD`. These are counted as
    withheld whether anybody objects or not, as that would be told too.
    """
    counted = stances_on(positions(said))
    place = {lineage: index for index, lineage in enumerate(order)}
    found = [
        Contested(one.key, Part(one.critical, one.total), one.rank)
        for one in ranked(counted, lambda lineage: place.get(lineage, len(place)))
        if everything or one.rank is not None
    ]
    few = sum(too_few(count.total()) for count in counted.values())
    return found, 0 if everything else few


def stances_on(said: Iterable[Said]) -> dict[UUID, Counter[str]]:
    """How often each position was taken on each paragraph."""
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for one in said:
        if one.lineage is not None and one.stance is not None:
            found[one.lineage][one.stance] += 1
    return found


def positions_map(
    said: Iterable[Said], order: Sequence[UUID], *, everything: bool, most: int
) -> list[tuple[UUID, Counter[str]]]:
    """The paragraphs with most positions, at most so many, in reading order, with their counts."""
    counted = stances_on(positions(said))
    shown = [
        (lineage, count) for lineage, count in counted.items()
        if everything or not too_few(count.total())
    ]  # fmt: skip
    place = {lineage: index for index, lineage in enumerate(order)}
    shown.sort(key=lambda row: (-row[1].total(), place.get(row[0], len(place))))
    return sorted(shown[:most], key=lambda row: place.get(row[0], len(place)))


def by_day(said: Iterable[Said]) -> list[tuple[date, int]]:
    """How many contributions came on each day on which any did (UTC), in order."""
    return sorted(Counter(one.day for one in said).items())


def fewest(spoke: Mapping[str, int], frame: Frame) -> str | None:
    """The region in which the smallest share spoke; None without members. The first of equals."""
    present = [region for region in frame.regions if frame.size(region)]
    shares = {region: spoke.get(region, 0) / frame.size(region) for region in present}
    return min(present, key=lambda region: shares[region], default=None)


def _by_region(said: Iterable[Said]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in said:
        if one.region is not None:
            found[one.region].add(one.organisation)
    return found

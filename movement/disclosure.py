"""Which figures may be shown by region, so that no small region's answers can be worked out.

A Co-Chair sees a region's results where at least five stand in every base. Hiding a smaller one
protects nothing while totals stand beside it, so smaller regions are merged into one group that
is large enough itself. The groups part the regions: every figure shown is a sum over whole groups,
and subtracting any from any leaves whole groups. What a whole group has in common (all of it
chose the same, or none did) is said of the group and not hidden.

Whatever tells figures of a call by region uses these groups: results and accounts can then not be
subtracted from each other. It refuses to know questions and weights.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

THRESHOLD = 5
"""The fewest organisations a figure shown by region may stand on."""


@dataclass(frozen=True, slots=True)
class Group:
    """Regions whose results are shown as one. `bases`: the sums of their bases, by column."""

    regions: tuple[str, ...]
    bases: tuple[int, ...]

    @property
    def code(self) -> str:
        """The region's code; for merged ones all codes, such as "africa+mena"."""
        return "+".join(self.regions)

    @property
    def merged(self) -> bool:
        """Whether it stands for more than one region."""
        return len(self.regions) > 1


def too_few(base: int) -> bool:
    """Whether a figure on this base says what some few answered. Nobody at all is not a few."""
    return 0 < base < THRESHOLD


def groups_for(
    bases_by_region: Mapping[str, Sequence[int]], *, merged_before: Collection[str] = ()
) -> tuple[Group, ...]:
    """The regions as they may be shown: large ones alone, the others in one merged group.

    `bases_by_region`: for each region, in the order shown, the same columns of bases (the wave's
    responses, the question's answers, each item's). `merged_before`: regions already merged for
    the whole wave, which stay together: two questions merged differently could be subtracted.
    Of the safe mergers the one with fewest regions, then the smallest first column, is taken; then
    the first by its codes, so that a page with the regions in another order merges the same.
    Groups come in the regions' order, by their first region. A column whose total is too few is
    not judged (its rows are withheld everywhere); () where nothing is left to judge safely.
    """
    columns = _judged(list(bases_by_region.values()))
    if not columns:
        return ()
    regions = tuple(bases_by_region)
    bases = {region: [bases_by_region[region][c] for c in columns] for region in regions}
    hidden: set[str] = {r for r in regions if any(map(too_few, bases[r]))} | set(merged_before)
    merged = _smallest_safe(bases, hidden) if hidden else ()
    parts = [merged] if merged else []
    parts += [(region,) for region in regions if region not in merged]
    parts.sort(key=lambda part: regions.index(part[0]))
    return tuple(Group(part, _sums([bases_by_region[r] for r in part])) for part in parts)


def groups_of_round(
    spoke: Mapping[str, int], took: Mapping[str, int], regions: Sequence[str]
) -> tuple[Group, ...]:
    """The regions as all figures of a round by region are told; () for none.

    `spoke`, `took`: by region, how many members of the frame said anything, and took a position.
    Neither is few in any group.
    """
    return groups_for({one: (spoke.get(one, 0), took.get(one, 0)) for one in regions})


def _judged(rows: Sequence[Sequence[int]]) -> list[int]:
    totals = _sums(rows)
    return [] if too_few(totals[0]) else [c for c, t in enumerate(totals) if not too_few(t)]


def _sums(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def _smallest_safe(bases: Mapping[str, Sequence[int]], hidden: set[str]) -> tuple[str, ...]:
    # A region without any response lends no cover: it is never merged unless it was before.
    present = [r for r in bases if r in hidden or any(bases[r])]
    safe = [
        chosen
        for size in range(2, len(present) + 1)
        for chosen in combinations(present, size)
        if hidden <= set(chosen) and not any(map(too_few, _sums([bases[r] for r in chosen])))
    ]
    return min(
        safe, key=lambda chosen: (len(chosen), sum(bases[r][0] for r in chosen), sorted(chosen))
    )

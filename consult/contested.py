"""Which paragraphs are contested most: the one ranking that a round's account and results share.

Functions of plain data. Who may see which paragraph is not decided here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from movement.disclosure import THRESHOLD

CRITICAL = frozenset({"concern", "object"})
K = TypeVar("K")
S = TypeVar("S", bound=str)


@dataclass(frozen=True, slots=True)
class Ranked(Generic[K]):
    """A paragraph with how many of all positions on it are critical (concern, object).

    `rank`: its place, shared by equal shares; None where too few took a position to be ranked.
    """

    key: K
    critical: int
    total: int
    rank: int | None


def critical(stances: Mapping[S, int]) -> int:
    """How many of these positions are concerns or objections."""
    return sum(number for stance, number in stances.items() if stance in CRITICAL)


def ranked(stances: Mapping[K, Mapping[S, int]], place: Callable[[K], int]) -> list[Ranked[K]]:
    """The paragraphs on which somebody has a concern or objects, the most contested first.

    Ranked by the share of critical positions, of paragraphs on which at least `THRESHOLD`
    organisations took one: one objection alone would be 100%. Equal shares share a place and stand
    with the larger base first, then in reading order (`place`). Paragraphs with fewer positions
    come after, by the number of critical ones, without a place.
    """
    rows = [(key, critical(count), sum(count.values())) for key, count in stances.items()]
    rows = [row for row in rows if row[1]]
    enough = [row for row in rows if row[2] >= THRESHOLD]
    enough.sort(key=lambda row: (-row[1] / row[2], -row[2], place(row[0])))
    few = [row for row in rows if row[2] < THRESHOLD]
    few.sort(key=lambda row: (-row[1], row[2], place(row[0])))
    shares = [against / total for _key, against, total in enough]
    found = [Ranked(*row, shares.index(share) + 1)
             for row, share in zip(enough, shares, strict=True)]  # fmt: skip
    return [*found, *(Ranked(*row, None) for row in few)]

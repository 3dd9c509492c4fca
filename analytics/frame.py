"""Who answered and of how many: the plain data every figure is computed from.

It refuses to know the database, the wave and the people: whoever calls has already chosen the
submitted responses and counted the members on the frame date.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

REGIONS = ("africa", "americas", "asia_pacific", "europe_central_asia", "mena")
"""The five regions, in the order every table and chart shows them."""


@dataclass(frozen=True, slots=True)
class Answered:
    """All that one organisation submitted.

    `region`: the one it had then; empty for those that take part but stand in no region.
    `answers`: values by question code. `shown`: the codes of the questions it was asked.
    """

    organisation: str
    region: str | None
    answers: Mapping[str, Any]
    shown: frozenset[str]

    def answer(self, code: str) -> Any:
        """The answer to a question that was asked, else None: a hidden answer never counts."""
        return self.answers.get(code) if code in self.shown else None


@dataclass(frozen=True)
class Frame:
    """How many organisations each region had on the frame date, in the order of `regions`."""

    sizes: Mapping[str, int]
    regions: tuple[str, ...] = REGIONS

    @property
    def total(self) -> int:
        """N: every organisation of the frame."""
        return sum(self.size(region) for region in self.regions)

    def size(self, *regions: str) -> int:
        """The organisations of these regions; a region the frame doesn't name has none."""
        return sum(self.sizes.get(region, 0) for region in regions)

    def ordered(self, regions: Iterable[str]) -> tuple[str, ...]:
        """These regions in the frame's order; those it doesn't know are dropped."""
        wanted = set(regions)
        return tuple(region for region in self.regions if region in wanted)

    def counted(self, responses: Iterable[Answered]) -> list[Answered]:
        """The responses that belong to a region of the frame, in the order given.

        The IFRC and the ICRC take part without a region and count neither in n nor in N.
        """
        return [response for response in responses if response.region in self.regions]

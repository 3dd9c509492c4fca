"""Weights that give each region the share of the frame it has, whoever happened to answer.

Each response weighs N_h / n_h: the organisations of its stratum over the stratum's submitted
responses. A stratum is a region or, where regions are merged to protect small ones, the merged
group: a weight per merged region would let a reader solve for what the merging hides. It refuses
to know questions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analytics.tally import Count


@dataclass(frozen=True, slots=True)
class Stratum:
    """Regions weighted as one.

    `size`: N_h; `submitted`: n_h; `answered`: those of n_h that answered the question.
    """

    regions: tuple[str, ...]
    size: int
    submitted: int
    answered: int

    @property
    def weight(self) -> Fraction:
        """What one response stands for; 0 where nobody submitted."""
        return Fraction(self.size, self.submitted) if self.submitted else Fraction(0)


@dataclass(frozen=True)
class Weighting:
    """How a table was weighted, to be said beside its figures.

    `strata`: each stratum's regions. `left_out`: regions with no answer, for which nobody speaks.
    `flagged`: regions for which one organisation speaks alone. All in the order of the strata.
    """

    strata: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...]
    flagged: tuple[str, ...]

    def as_json(self) -> dict[str, list[str]]:
        """The codes; a merged stratum as "africa+mena"."""
        return {
            "strata": ["+".join(regions) for regions in self.strata],
            "left_out": list(self.left_out),
            "flagged": list(self.flagged),
        }


def weighting_of(strata: Sequence[Stratum]) -> Weighting:
    """Who is left out and who speaks alone."""
    return Weighting(
        strata=tuple(s.regions for s in strata if s.answered),
        left_out=tuple(region for s in strata if not s.answered for region in s.regions),
        flagged=tuple(region for s in strata if s.answered == 1 for region in s.regions),
    )


def quantile(counts: Iterable[tuple[Fraction, Count]], part: Fraction) -> float | None:
    """The number below which this part of the weight lies; None for no number at all.

    `counts`: each stratum's weight with its numbers. Where the part ends exactly between two
    numbers it is the middle of them: the median of an even number of answers (Hyndman and Fan's
    second definition, for weights).
    """
    weighed = sorted((number, weight) for weight, count in counts for number in count.numbers)
    weighed = [(number, weight) for number, weight in weighed if weight]
    wanted = sum((weight for _number, weight in weighed), Fraction(0)) * part
    reached = Fraction(0)
    for place, (number, weight) in enumerate(weighed):
        reached += weight
        if reached > wanted:
            return float(number)
        if reached == wanted:
            following = weighed[min(place + 1, len(weighed) - 1)][0]
            return (number + following) / 2
    return None


def weighted_ratio(counts: Iterable[tuple[Stratum, Count]]) -> float | None:
    """The weighted total over the weighted base; None when no weight stands in the base."""
    total = base = Fraction(0)
    for stratum, count in counts:
        total += stratum.weight * count.total
        base += stratum.weight * count.base
    return float(total / base) if base else None

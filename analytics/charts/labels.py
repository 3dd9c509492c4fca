"""The words and figures a chart is labelled with, in one language, handed in from outside.

It refuses to know languages itself: who builds `Labels` formats and translates.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Unit(StrEnum):
    """What a chart's figures are: a share of 1, a mean, a mean of points, or a count."""

    PERCENT = "percent"
    MEAN = "mean"
    POINTS = "points"
    COUNT = "count"


@dataclass(frozen=True)
class Labels:
    """How one language says figures and names.

    `language`: of question texts. `figure`: a value with its unit, such as "27%" or "4.2".
    `of`: "18 of 54". `base`: the sentence of how many answered, of n (None where withheld) and N.
    `joined`: several names as one. `names`: of regions, "yes", "no" and states, by code.
    `withheld`, `nobody`: said in place of a figure. `headings`: of the table's columns, by
    "label", "figure", "n", "base", "state".
    """

    language: str
    figure: Callable[[float, Unit], str]
    of: Callable[[int, int], str]
    base: Callable[[int | None, int], str]
    joined: Callable[[Sequence[str]], str]
    withheld: str
    nobody: str
    names: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    right_to_left: bool = False

    def name(self, code: str) -> str:
        """The name of a code; of a merged group "a+b" the joined names. An unknown code itself."""
        if "+" in code:
            return self.joined([self.name(part) for part in code.split("+")])
        return self.names.get(code, code)

"""The colours of data: Okabe and Ito's, told apart with any colour vision.

A region keeps its colour on every chart. Source: Okabe and Ito, "Color universal design", 2008.
"""

from typing import Final

NEUTRAL: Final = "#737373"
"""For all together and for merged regions; reads on light and on dark paper."""

BESIDE: Final = "#A6A6A6"
"""For answers beside a scale, such as "don't know"."""

INTENSITY: Final = "#0072B2"
"""A heat map's only hue; its strength carries the value."""

FAINT: Final = "#F0F7FB"
STRONG: Final = "#8CC1E1"
"""The hue's ends where it can't be thinned: ink reads on both."""

REGIONS: Final = {
    "africa": "#E69F00",
    "americas": "#56B4E9",
    "asia_pacific": "#009E73",
    "europe_central_asia": "#0072B2",
    "mena": "#CC79A7",
}
STATES: Final = {
    "submitted": "#0072B2",
    "in_progress": "#56B4E9",
    "invited": "#E69F00",
    "silent": "#CC79A7",
    "not_invited": NEUTRAL,
}
_DIVERGING: Final = ("#D55E00", "#F0B58A", "#D9D9D9", "#A9D9F4", "#56B4E9")


def of_group(code: str) -> str:
    """A region's colour; all together and merged groups are neutral."""
    return REGIONS.get(code, NEUTRAL)


def of_step(place: int, steps: int) -> str:
    """The colour of a scale's step, from 0 at the low end: orange to grey to blue."""
    middle = len(_DIVERGING) // 2
    if steps <= 1:
        return _DIVERGING[middle]
    return _DIVERGING[round(place * (len(_DIVERGING) - 1) / (steps - 1))]

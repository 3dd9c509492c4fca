"""Invented ratings, rankings and points that keep to a region's profile.

Ratings are dealt from decks of a fixed sum, so that a region's means hold by construction however
the cards fall. It refuses to know who answers and what else they say.
"""

from random import Random

from surveys.demonstration_profiles import Profile, column

LOWEST, HIGHEST = 1, 5
SPREAD = 1.4
"""How far a rating strays from its region's mean before rounding."""

STEP = 5
"""Points are given in fives, as people do."""


def dealt(profile: Profile, region: str, size: int, random: Random) -> list[dict[str, int]]:
    """One dict of ratings per respondent; an item's sum is its mean times their number."""
    decks = {item: _deck(mean, size, random) for item, mean in column(profile, region).items()}
    return [{item: deck[i] for item, deck in decks.items()} for i in range(size)]


def _deck(mean: float, size: int, random: Random) -> list[int]:
    """`size` ratings around the mean, with the whole sum nearest to it."""
    strays = (round(mean + random.uniform(-SPREAD, SPREAD)) for _ in range(size))
    ratings = [min(HIGHEST, max(LOWEST, stray)) for stray in strays]
    while gap := round(mean * size) - sum(ratings):
        place, step = random.randrange(size), (1 if gap > 0 else -1)
        if LOWEST <= ratings[place] + step <= HIGHEST:
            ratings[place] += step
    return ratings


def top_three(ratings: dict[str, int], profile: Profile, region: str, random: Random) -> list[str]:
    """The three items rated highest, best first; equal ratings fall to the region's leaning."""
    means = column(profile, region)
    leaning = {item: means[item] + random.uniform(0, 0.9) for item in ratings}
    return sorted(ratings, key=lambda item: (-ratings[item], -leaning[item]))[:3]


def points(profile: Profile, region: str, random: Random) -> dict[str, int]:
    """One hundred points around the region's leaning; an item may get none."""
    wishes = {i: mean * random.uniform(0.3, 1.7) for i, mean in column(profile, region).items()}
    exact = {item: 100 * wish / sum(wishes.values()) for item, wish in wishes.items()}
    given = {item: int(share // STEP) * STEP for item, share in exact.items()}
    by_remainder = sorted(given, key=lambda item: given[item] - exact[item])
    for item in by_remainder[: (100 - sum(given.values())) // STEP]:
        given[item] += STEP
    return given

"""Fifty-one invented responses to the questionnaire of the early-2020 wave.

They reproduce what was published of it: how many answered in each region, and what came first.
The same on every machine: each region draws from its own seeded source, nothing depends on hashing
or on the directory's order, and only languages depend on which Societies it holds. It refuses to
know of the database and of how the answers are loaded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from surveys.demonstration_profiles import (
    CHALLENGES,
    INVESTMENTS,
    LANGUAGES,
    MARGINS,
    PRIORITIES,
    SILENT,
)
from surveys.demonstration_ratings import dealt, points, top_three
from surveys.demonstration_respondent import Answers, Respondent
from surveys.demonstration_words import Words

SEED = "the early-2020 wave"
DAYS = (3, 4, 3, 2, 2, 1, 1, 4, 5, 3, 2, 1, 1, 1, 4, 5, 3, 2, 4, 5, 3)
"""How likely an answer is on each day: most at the opening and after each of three reminders."""


@dataclass(frozen=True)
class InventedResponse:
    """What one National Society is made to answer, and when.

    `organisation` is its ISO 3166 code. `answers` holds values by question code, in the shapes
    `flask surveys respond` reads. `days_after_opening` runs from 0 to 20.
    """

    organisation: str
    region: str
    language: str
    days_after_opening: int
    answers: Answers


def invented_responses(societies: Sequence[tuple[str, str]]) -> Iterator[InventedResponse]:
    """Exactly 51 responses, region by region, from these (ISO 3166 code, region code) pairs.

    Raises ValueError when a region has fewer Societies than answered in it.
    """
    answering = {region: _answering(region, societies) for region in MARGINS}
    words = Words()
    for region, chosen in answering.items():
        yield from _of_region(region, chosen, words)


def _answering(region: str, societies: Sequence[tuple[str, str]]) -> list[str]:
    """Who answers in a region: those of the profile, then others, the silent only if needed."""
    size = MARGINS[region]
    offered = {society for society, its_region in societies if its_region == region}
    if len(offered) < size:
        raise ValueError(f"{region}: {size} answers to invent, but only {len(offered)} Societies")
    by_preference = sorted(offered, key=lambda s: (s in SILENT, s not in LANGUAGES, s))
    return sorted(by_preference[:size])


def _of_region(region: str, chosen: list[str], words: Words) -> Iterator[InventedResponse]:
    random = Random(f"{SEED}: {region}")  # noqa: S311 - invented answers, no secret
    priorities = dealt(PRIORITIES, region, len(chosen), random)
    challenges = dealt(CHALLENGES, region, len(chosen), random)
    for society, themes, burdens in zip(chosen, priorities, challenges, strict=True):
        language = LANGUAGES.get(society, "en")
        respondent = Respondent(region, language, random)
        answers = {
            **respondent.work(),
            "priorities_importance": themes,
            "priorities_top": top_three(themes, PRIORITIES, region, random),
            "challenges_importance": burdens,
            "challenges_top": top_three(burdens, CHALLENGES, region, random),
            "invest_points": points(INVESTMENTS, region, random),
            **respondent.taking_part(),
            **respondent.own_words(words),
        }
        day = random.choices(range(len(DAYS)), weights=DAYS)[0]
        yield InventedResponse(society, region, language, day, answers)

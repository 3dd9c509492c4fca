"""One invented respondent: what it says of its work, its interest, and in its own words.

What a condition would hide is left out, and every constraint is kept. It refuses to know what the
others answer; ratings, which must add up over a region, are dealt elsewhere
(`surveys.demonstration_ratings`).
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from surveys.demonstration_profiles import NETWORKED
from surveys.demonstration_words import OPEN, SPECIFIED, Words

Answers = dict[str, Any]

ACTIVITIES = (
    "relief_shelter",
    "health_care",
    "psychosocial",
    "family_links",
    "information_advice",
    "language_inclusion",
    "cash_livelihoods",
    "dialogue_authorities",
)
CONTRIBUTIONS = ("staff_time", "experience", "hosting", "translation", "studies")
INTEREST = {"leadership_group": 0.4, "task_force": 0.6, "lab": 0.35, "regional_network": 0.55}
FUNCTIONS = {
    "secretary_general": 2,
    "migration": 6,
    "family_links": 4,
    "programmes": 5,
    "international": 3,
}
STRATEGIES = {"own": 5, "part": 7, "preparing": 5, "no_document": 4, "dont_know": 1}
PREPAREDNESS: dict[int | str, int] = {1: 1, 2: 4, 3: 7, 4: 6, 5: 2, "dont_know": 1}
CONSENT = {"named": 4, "unnamed": 4, "no": 2}
SPOKEN = {"en": "english", "fr": "french", "es": "spanish", "ar": "arabic"}


class Respondent:
    """A National Society with a language, drawing its answers from a seeded source."""

    def __init__(self, region: str, language: str, random: Random) -> None:
        self._region = region
        self._language = language
        self._random = random

    def work(self) -> Answers:
        """The section on the Society and its work."""
        answers: Answers = {"migration_work": self._likely(0.92)}
        if self._likely(0.85):
            answers["branches_total"] = self._random.randrange(6, 90)
        if answers["migration_work"]:
            answers |= self._activities(answers.get("branches_total"))
        return answers | self._strategy()

    def _activities(self, branches: int | None) -> Answers:
        some = self._some(ACTIVITIES, most=6)
        answers: Answers = {"migration_activities": self._with_other(some, "migration_activities")}
        if self._likely(0.8):
            hundreds = self._random.randrange(2, 95) * self._random.choice((1, 1, 5))
            answers["people_reached"] = hundreds * 100
        if branches is not None:
            share = self._random.uniform(0.1, 0.8)
            answers["branches_migration"] = max(1, int(branches * share))
        return answers

    def _strategy(self) -> Answers:
        answers: Answers = {"migration_strategy": self._one_of(STRATEGIES)}
        if answers["migration_strategy"] in {"own", "part"} and self._likely(0.8):
            day = self._random.choice(("01-01", "03-14", "05-08", "09-20", "11-29"))
            answers["strategy_adopted"] = f"{self._random.randrange(2010, 2020)}-{day}"
        if self._likely(0.9):
            answers["preparedness"] = self._one_of(PREPAREDNESS)
        return answers

    def taking_part(self) -> Answers:
        """The section on interest and on the contact's function."""
        interest = [group for group, share in INTEREST.items() if self._likely(share)]
        answers: Answers = {"interest": interest or ["none"]}
        if interest and self._likely(0.9):
            some = self._some(CONTRIBUTIONS, most=3)
            answers["contributions"] = self._with_other(some, "contributions")
        answers["network_member"] = self._likely(NETWORKED[self._region])
        if answers["network_member"] and self._likely(0.7):
            answers["network_name"] = SPECIFIED["network_name"][self._language]
        if self._likely(0.95):
            spoken = SPOKEN[self._language]
            answers["working_language"] = self._or_other(spoken, "working_language")
        function = self._one_of(FUNCTIONS)
        return answers | {"contact_function": self._or_other(function, "contact_function")}

    def own_words(self, words: Words) -> Answers:
        """The open texts it gives, and how far they may be quoted."""
        answers: Answers = {}
        for question in OPEN:
            text = words.take(question, self._language) if self._likely(0.35) else None
            if text is not None:
                answers[question] = text
        return answers | {"consent_quote": self._one_of(CONSENT)}

    def _likely(self, share: float) -> bool:
        return self._random.random() < share

    def _one_of(self, weights: Mapping[Any, int]) -> Any:
        return self._random.choices(list(weights), weights=list(weights.values()))[0]

    def _some(self, codes: Sequence[str], most: int) -> list[Any]:
        """One or more of these codes, in the order offered."""
        taken = self._random.sample(codes, self._random.randrange(1, most + 1))
        return [code for code in codes if code in taken]

    def _with_other(self, codes: list[Any], question: str) -> list[Any]:
        return [*codes, self._other(question)] if self._likely(0.1) else codes

    def _or_other(self, code: str, question: str) -> Any:
        return self._other(question) if self._likely(0.06) else code

    def _other(self, question: str) -> dict[str, str]:
        return {"choice": "other", "text": SPECIFIED[question][self._language]}

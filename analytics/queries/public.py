"""A public questionnaire as the analysis reads it. Never together with a wave's responses.

Only submitted responses, and of their answers those of questions that were asked.
"""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from analytics.frame import Answered
from core.errors import NotFound
from core.texts import lazy as _l
from surveys.completeness import counted
from surveys.definition import Question, Questionnaire
from surveys.logic import shown_codes
from surveys.public_days import moment_of
from surveys.public_models import PublicForm, PublicResponse
from surveys.queries.public_forms import get_form, submitted_of
from surveys.queries.questionnaires import questionnaire_of

NOBODY = ""
"""Where a wave's answers name an organisation, a public one names nobody."""


@dataclass(frozen=True)
class PublicData:
    """What was answered, in the order of random ids. `given`: the rows `responses` are made of."""

    form: PublicForm
    questionnaire: Questionnaire
    given: tuple[PublicResponse, ...]
    responses: tuple[Answered, ...]

    def question(self, code: str) -> Question:
        """The question with this code; raises `NotFound`."""
        question = self.questionnaire.by_code.get(code)
        if question is None:
            raise NotFound(_l("There is no question with the code %(code)s.", code=code))
        return question

    def given_to(self, code: str) -> list[Any]:
        """The stored answers to a question; of one inside a repeat, those in every item."""
        path = (*self.questionnaire.repeats_of.get(code, ()), code)
        held: list[Any] = [response.answers for response in self.responses]
        for step in path[:-1]:
            items = (item for answers in held for item in answers.get(step) or ())
            held = [item["answers"] for item in items]
        return [answers[path[-1]] for answers in held if answers.get(path[-1]) is not None]


def get_public(session: Session, code: str) -> PublicData:
    """The public questionnaire with this code and its answers; raises `NotFound`."""
    form = get_form(session, code)
    questionnaire = questionnaire_of(session, form.version_id)
    given = tuple(submitted_of(session, form))
    answered = tuple(_answered(questionnaire, response) for response in given)
    return PublicData(form, questionnaire, given, answered)


def _answered(questionnaire: Questionnaire, response: PublicResponse) -> Answered:
    """What counts, as conditions saw it on the day the response was sent."""
    now = moment_of(response)
    shown = shown_codes(questionnaire, response.answers, now=now)
    return Answered(NOBODY, None, counted(questionnaire, response.answers, now=now), shown)

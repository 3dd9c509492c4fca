"""Which questionnaire of a survey a command means: its newest version, or its draft.

What is published is meant unless the draft is asked for, or nothing is published yet; standard
error says when it is the draft.
"""

from dataclasses import dataclass

import click
from sqlmodel import Session

from core.clock import now
from core.errors import NotFound
from core.texts import lazy as _l
from surveys.definition import Questionnaire
from surveys.queries.questionnaires import questionnaire_of
from surveys.queries.waves import get_survey, newest_version
from surveys.services.drafts import document_of, find_draft, get_draft
from surveys.services.sources import filled

draft_option = click.option("--draft", is_flag=True, help="Take the draft, not what is published.")


@dataclass(frozen=True)
class Chosen:
    """A survey's questionnaire. `version`: its number, None for the draft."""

    document: Questionnaire
    version: int | None


def chosen(session: Session, code: str, *, draft: bool) -> Chosen:
    """The questionnaire meant; raises `NotFound` where the survey has none such.

    A draft comes with the choices it takes from the directory, as publishing today would copy them.
    """
    survey = get_survey(session, code)
    version = newest_version(session, survey)
    if version is not None and not draft:
        return Chosen(questionnaire_of(session, version.id), version.number)
    if not draft and find_draft(session, survey) is None:
        raise NotFound(_l("The survey has neither a version nor a draft yet."))
    document = document_of(get_draft(session, survey))
    click.echo(
        str(_l("This is the draft: it is not published."))
        if draft
        else str(_l("This is the draft: nothing is published yet.")),
        err=True,
    )
    return Chosen(filled(session, document, on=now().date()), None)

"""`flask surveys diff`: what a next version changes, as JSON.

Prints `{"survey", "before", "after", "changes": [{"change", "code", "uid", "part", "languages",
"before", "after", "effect": {"answers", "in_progress", "submitted"}}], "refused": [{"code",
"message"}]}`. The effect counts answers of responses to the survey's open waves. `refused` names
what must not change. With `--comparability` it prints `{"survey", "before", "after", "questions":
[{"code", "uid", "proposed", "said"}]}`; `said` is null until an author has said it.
"""

import click
from flask import Flask
from sqlmodel import Session

from core.cli import answer, command_errors
from core.clock import now
from core.db import get_session
from core.errors import DomainError
from core.texts import lazy as _l
from surveys.commands import group
from surveys.definition import Questionnaire
from surveys.models import Survey
from surveys.queries.publishing import documents_of, live_calls, weighed
from surveys.queries.waves import get_survey
from surveys.services.comparability import lines_between
from surveys.services.drafts import document_of, get_draft
from surveys.services.readiness import frozen
from surveys.services.sources import filled

DRAFT = "draft"


@group.command("diff")
@click.argument("code")
@click.argument("before")
@click.argument("after")
@click.option("--comparability", is_flag=True, help="Say how far the questions compare.")
@command_errors
def diff_(code: str, before: str, after: str, *, comparability: bool) -> None:
    """What changes from version BEFORE to AFTER of the survey CODE; AFTER may be draft."""
    session = get_session()
    survey = get_survey(session, code)
    first = _number(before)
    if comparability:
        lines = lines_between(session, survey, first, _number(after))
        found: dict[str, object] = {"questions": [line.as_json() for line in lines]}
    else:
        found = _changes(session, survey, first, after)
    answer({"survey": survey.code, "before": first, "after": _named(after), **found})


def _changes(session: Session, survey: Survey, before: int, after: str) -> dict[str, object]:
    documents = documents_of(session, survey)
    one, other = _version(documents, before), _after(session, survey, documents, after)
    calls = live_calls(session, survey, now=now())
    refused = frozen(other, documents.values()) if after == DRAFT else []
    return {
        "changes": [w.as_json() for w in weighed(session, one, other, calls)],
        "refused": [{"code": r.code, "message": str(r.message)} for r in refused],
    }


def _after(
    session: Session, survey: Survey, documents: dict[int, Questionnaire], word: str
) -> Questionnaire:
    if word == DRAFT:
        return filled(session, document_of(get_draft(session, survey)), on=now().date())
    return _version(documents, _number(word))


def _version(documents: dict[int, Questionnaire], number: int) -> Questionnaire:
    if number not in documents:
        raise DomainError(_l("There is no version %(number)s of this survey.", number=number))
    return documents[number]


def _named(word: str) -> int | str:
    return word if word == DRAFT else _number(word)


def _number(word: str) -> int:
    if not (word.isascii() and word.isdecimal() and len(word) <= len("999999")):
        raise DomainError(
            _l("%(word)s is no version: write its number, or draft.", word=repr(word))
        )
    return int(word)


def init_app(app: Flask) -> None:
    """Add the command; the group itself is registered once."""
    if group.name not in app.cli.commands:
        app.cli.add_command(group)

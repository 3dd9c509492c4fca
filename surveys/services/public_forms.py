"""Opening and closing public questionnaires. Callers commit."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from core import audit
from core.errors import Conflict, DomainError
from core.texts import Lazy
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import Call
from surveys.definition import Questionnaire
from surveys.kinds import kind_of
from surveys.models import QuestionnaireVersion, Survey, Wave
from surveys.public_days import is_over
from surveys.public_models import PublicForm, PublicState
from surveys.queries.questionnaires import questionnaire_of
from surveys.queries.waves import newest_version
from surveys.services.questionnaires import CODE

RETENTION_DAYS = 365
LONGEST_RETENTION = 3650
LONGEST_LABEL = 200


class Misfit(DomainError):
    """A value that can't be; `field` is the name of the one to change."""

    def __init__(self, field: str, message: Lazy) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Opening:
    """What is asked for. `languages`: () for all the questionnaire has; `opens_on`: None for today.

    `call`: the wave it goes with, if any.
    """

    code: str
    closes_on: date
    opens_on: date | None = None
    languages: tuple[str, ...] = ()
    retention_days: int = RETENTION_DAYS
    label: str = ""
    call: Call | None = None


def open_form(
    session: Session,
    survey: Survey,
    opening: Opening,
    *,
    now: datetime,
    by: Actor | None = None,
    label: str = "",
) -> PublicForm:
    """Open the survey's newest version to everybody who has the address. Flushes.

    Raises Misfit naming the value that can't be, Conflict for a survey without questionnaire, or
    with one that asks for files.
    """
    version = newest_version(session, survey)
    if version is None:
        raise Conflict(
            _l("The survey %(code)s has no questionnaire yet: import one.", code=survey.code)
        )
    questionnaire = questionnaire_of(session, version.id)
    refuse_files(questionnaire)
    _refuse(session, survey, opening, now)
    form = PublicForm(
        code=opening.code,
        process_id=survey.process_id,
        call_id=opening.call.id if opening.call else None,
        survey_id=survey.id,
        version_id=version.id,
        languages=_languages(questionnaire, opening.languages),
        label=opening.label[:LONGEST_LABEL],
        opens_on=opening.opens_on or now.date(),
        closes_on=opening.closes_on,
        retention_days=opening.retention_days,
        opened_at=now,
    )
    session.add(form)
    session.flush()
    _note(session, "public.opened", form, version, now=now, by=by, label=label)
    return form


def refuse_files(questionnaire: Questionnaire) -> None:
    """Raise Conflict for a questionnaire with a question that is answered with a file.

    A file may tell who sent it, and anybody could send anything.
    """
    found = next((q for q in questionnaire.anywhere.values() if kind_of(q).uploads), None)
    if found is not None:
        raise Conflict(
            _l(
                "The question %(code)s asks for a file, which a public questionnaire can't take. "
                "Take it out, and publish the questionnaire again.",
                code=found.code,
            )
        )


def close_form(
    session: Session, form: PublicForm, *, now: datetime, by: Actor | None = None, label: str = ""
) -> None:
    """Close it before its last day; doing so again changes nothing. Flushes."""
    if form.state is PublicState.CLOSED:
        return
    form.state, form.closed_at = PublicState.CLOSED, now
    session.add(form)
    audit.record(session, "public.closed", about=form.code, now=now, by=by, label=label)
    session.flush()


def _refuse(session: Session, survey: Survey, opening: Opening, now: datetime) -> None:
    if not CODE.fullmatch(opening.code):
        raise Misfit(
            "code",
            _l(
                "“%(code)s” can't be a code: use letters, digits, - and _, at most 60.",
                code=opening.code,
            ),
        )
    taken = session.exec(select(PublicForm.id).where(PublicForm.code == opening.code)).first()
    if taken is not None:
        raise Misfit("code", _l("There is a public questionnaire with this code already."))
    begins = opening.opens_on or now.date()
    if is_over(opening.closes_on, now) or opening.closes_on < begins:
        raise Misfit("closes_on", _l("Choose a closing date that is still to come."))
    if not 1 <= opening.retention_days <= LONGEST_RETENTION:
        raise Misfit(
            "retention_days",
            _l("Keep answers between 1 and %(most)s days.", most=LONGEST_RETENTION),
        )
    wave = session.get(Wave, opening.call.id) if opening.call else None
    if opening.call and (wave is None or wave.survey_id != survey.id):
        raise Misfit("call", _l("Choose a wave of this survey."))


def _languages(questionnaire: Questionnaire, wanted: tuple[str, ...]) -> list[str]:
    """The languages offered, in the questionnaire's order."""
    unknown = set(wanted) - set(questionnaire.languages)
    if unknown:
        raise Misfit(
            "languages",
            _l("The questionnaire has no texts in %(language)s.", language=min(unknown)),
        )
    return [code for code in questionnaire.languages if not wanted or code in wanted]


def _note(
    session: Session,
    action: str,
    form: PublicForm,
    version: QuestionnaireVersion,
    *,
    now: datetime,
    by: Actor | None,
    label: str,
) -> None:
    audit.record(
        session,
        action,
        about=form.code,
        now=now,
        by=by,
        label=label,
        version=version.number,
        languages=form.languages,
        closes=form.closes_on.isoformat(),
        retention_days=form.retention_days,
    )

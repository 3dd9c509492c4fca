"""Opening a wave: a call of `movement` that asks the survey's newest version."""

from datetime import datetime

from sqlmodel import Session

from core.errors import Conflict
from core.texts import lazy as _l
from movement.actors import Actor
from movement.models import Call, Process
from movement.services.calls import Opening, open_call
from movement.services.invitations import Invited, chosen, invite
from movement.services.messages import Office
from surveys.models import Survey, Wave
from surveys.queries.waves import newest_version
from surveys.services.questionnaires import refuse_archived


def open_wave(
    session: Session,
    survey: Survey,
    opening: Opening,
    *,
    now: datetime,
    by: Actor | None = None,
    label: str = "",
) -> Call:
    """Open a wave with the survey's newest version; without titles it is called as the survey.

    Raises what `movement.services.calls.open_call` raises, and `Conflict` for a survey that has no
    questionnaire yet.
    """
    refuse_archived(survey)
    version = newest_version(session, survey)
    if version is None:
        raise Conflict(
            _l("The survey %(code)s has no questionnaire yet: import one.", code=survey.code)
        )
    process = session.get_one(Process, survey.process_id)
    call = open_call(session, process, opening, now=now, by=by, label=label)
    call.titles = call.titles or dict(survey.titles)
    session.add(Wave(call_id=call.id, survey_id=survey.id, version_id=version.id))
    session.flush()
    return call


def open_and_invite(
    session: Session,
    survey: Survey,
    opening: Opening,
    *,
    invited: str,
    office: Office,
    now: datetime,
    label: str,
) -> tuple[Call, Invited | None]:
    """Open a wave and invite whom `invited` names ("" for nobody), or do neither."""
    call = open_wave(session, survey, opening, now=now, label=label)
    if not invited:
        return call, None
    to = chosen(session, call, invited)
    return call, invite(session, call, to, office=office, now=now, label=label)

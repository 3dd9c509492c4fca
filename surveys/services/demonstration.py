"""The demonstration: one open wave with invented answers, and people named by function only.

Everything in it can be told from real data: the process and the call are marked, and every address
ends in `demo.invalid`, a name that no mail server can have.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, delete, insert
from sqlmodel import Session, col, or_, select

from core import audit
from core.errors import Conflict
from core.models import AuditEntry, KeptForm, Mail
from core.texts import lazy as _l
from movement.models import (
    Assignment,
    Call,
    Organisation,
    OrganisationKind,
    Participation,
    ParticipationState,
    Person,
    Process,
    Role,
)
from movement.services.calls import Opening
from movement.services.messages import Office
from surveys.definition import Questionnaire
from surveys.demonstration_answers import InventedResponse, invented_responses
from surveys.models import AnswerChange, Channel, Response, ResponseState, Submission
from surveys.queries.questionnaires import questionnaire_of
from surveys.queries.waves import get_survey, newest_version
from surveys.rotation import rotation_for
from surveys.services.questionnaires import publish
from surveys.services.submissions import digest_of
from surveys.services.waves import open_and_invite
from surveys.xlsform import read

PROCESS, WAVE = "migration", "migration-2020"
DOMAIN = "demo.invalid"
FORM = Path(__file__).parent.parent / "questionnaires" / "migration-2020.xlsx"
FRAME_DATE = date(2020, 2, 1)
DAYS_OPEN = 21
HOME = "KEN"
LABEL = "demonstration"
TITLES = {
    "en": "Migration: perspectives of National Societies, early 2020",
    "fr": "Migration : perspectives des Sociétés nationales, début 2020",
    "es": "Migración: perspectivas de las Sociedades Nacionales, principios de 2020",
    "ar": "الهجرة: وجهات نظر الجمعيات الوطنية، مطلع عام 2020",
}
STAFF = (Role.SECRETARIAT, Role.CO_CHAIR, Role.CONSULTANT, Role.ADMINISTRATOR)
FUNCTIONS = {
    Role.RESPONDENT: "Migration adviser",
    Role.FOCAL_POINT: "Focal point for migration",
    Role.APPROVER: "Secretary General",
    Role.SECRETARIAT: "Secretariat officer",
    Role.CO_CHAIR: "Leadership Group Co-Chair",
    Role.CONSULTANT: "Strategy consultant",
    Role.ADMINISTRATOR: "Administrator",
}


@dataclass(frozen=True)
class Loaded:
    """What loading did: False and zeros if the demonstration was there already."""

    loaded: bool
    responses: int = 0


def find_demonstration(session: Session) -> Call | None:
    """The demonstration's wave, if it is loaded."""
    return session.exec(
        select(Call).where(Call.code == WAVE, col(Call.demonstration))
    ).one_or_none()


def process_of(session: Session) -> Process:
    """The demonstration's process, which is loaded."""
    return session.exec(
        select(Process).where(Process.code == PROCESS, col(Process.demonstration))
    ).one()


def was_removed(session: Session) -> bool:
    """Whether somebody has taken the demonstration away."""
    entry = select(AuditEntry.id).where(AuditEntry.action == "demonstration.removed").limit(1)
    return session.exec(entry).first() is not None


def load(session: Session, *, office: Office, now: datetime) -> Loaded:
    """Load the demonstration unless it is there; the directory must be loaded. Flushes."""
    if find_demonstration(session):
        return Loaded(loaded=False)
    if session.exec(select(Organisation.id).limit(1)).first() is None:
        raise Conflict(_l("Load the directory first: flask movement load."))
    if session.exec(select(Process.id).where(Process.code == PROCESS)).first() is not None:
        raise Conflict(_l("A real process has the code %(code)s already.", code=PROCESS))
    process = Process(code=PROCESS, titles={"en": "Migration strategy"}, demonstration=True)
    session.add(process)
    session.flush()
    _add_people(session, process.id, now=now)
    call = _open(session, office=office, now=now)
    version = newest_version(session, get_survey(session, PROCESS))
    assert version is not None  # noqa: S101 - imported just above
    questionnaire = questionnaire_of(session, version.id)
    filler = _Filler(session, call, version.id, questionnaire)
    responses = filler.fill()
    session.flush()
    return Loaded(loaded=True, responses=responses)


def _open(session: Session, *, office: Office, now: datetime) -> Call:
    questionnaire = read(FORM.read_bytes(), code=PROCESS).questionnaire
    assert questionnaire is not None  # noqa: S101 - the package's own form, read in its tests
    publish(session, questionnaire, process=PROCESS, source=FORM.name, now=now, label=LABEL)
    opening = Opening(WAVE, TITLES, (now + timedelta(days=DAYS_OPEN)).date(), FRAME_DATE)
    survey = get_survey(session, PROCESS)
    call, _invited = open_and_invite(
        session, survey, opening, invited="all", office=office, now=now, label=LABEL
    )
    # It has run for three weeks, so that participation over time has something to show.
    call.opened_at = now - timedelta(days=DAYS_OPEN)
    for part in session.exec(select(Participation).where(Participation.call_id == call.id)):
        part.invited_at = call.opened_at
    session.flush()
    return call


def _add_people(session: Session, process_id: UUID, *, now: datetime) -> None:
    """A focal point in every Society, colleagues in one, and staff; one per role is for clicks."""
    organisations = session.exec(
        select(Organisation).where(Organisation.kind == OrganisationKind.NATIONAL_SOCIETY)
    )
    for organisation in organisations:
        roles = [Role.FOCAL_POINT]
        if organisation.code == HOME:
            roles += [Role.RESPONDENT, Role.APPROVER]
        for role in roles:
            _add(session, role, organisation, None, now=now)
    for role in STAFF:
        of_process = role in (Role.CO_CHAIR, Role.CONSULTANT)
        _add(session, role, None, process_id if of_process else None, now=now)
    session.flush()


def _add(
    session: Session,
    role: Role,
    organisation: Organisation | None,
    process_id: UUID | None,
    *,
    now: datetime,
) -> None:
    suffix = f".{organisation.code.lower()}" if organisation else ""
    person = Person(
        email=f"{role.value.replace('_', '-')}{suffix}@{DOMAIN}",
        name=FUNCTIONS[role],
        created_at=now,
        demonstration=organisation is None or organisation.code == HOME,
    )
    session.add(person)
    session.flush()
    session.add(
        Assignment(
            person_id=person.id,
            role=role,
            organisation_id=organisation.id if organisation else None,
            process_id=process_id,
            created_at=now,
        )
    )


class _Filler:
    """Writes the invented responses as if they had been given on the days they name."""

    def __init__(
        self, session: Session, call: Call, version_id: UUID, questionnaire: Questionnaire
    ) -> None:
        self.session = session
        self.call = call
        self.version_id = version_id
        self.editions = {section.code: 1 for section in questionnaire.sections}

    def fill(self) -> int:
        """Write them all; return how many."""
        rows = self.session.exec(
            select(Organisation, Participation)
            .join(Participation, col(Participation.organisation_id) == Organisation.id)
            .where(Participation.call_id == self.call.id, col(Participation.in_frame))
            .order_by(Organisation.code)
        ).all()
        by_code = {organisation.code: (organisation, part) for organisation, part in rows}
        societies = [(o.code, part.region_code or "") for o, part in rows]
        count = 0
        for invented in invented_responses(societies):
            self._write(invented, *by_code[invented.organisation])
            count += 1
        return count

    def _write(
        self, invented: InventedResponse, society: Organisation, part: Participation
    ) -> None:
        assert self.call.opened_at is not None  # noqa: S101 - set when it was opened
        day = self.call.opened_at + timedelta(days=invented.days_after_opening)
        at = day.replace(hour=10, minute=30, second=0, microsecond=0)
        part.state = ParticipationState.SUBMITTED
        part.opened_at = part.started_at = part.submitted_at = at
        response = Response(
            id=uuid5(self.call.id, invented.organisation),
            wave_id=self.call.id,
            version_id=self.version_id,
            organisation_id=society.id,
            region_code=part.region_code,
            state=ResponseState.SUBMITTED,
            answers=invented.answers,
            editions=self.editions,
            rotation=rotation_for(self.call.code, society.code),
            started_at=at,
            saved_at=at,
            submitted_at=at,
        )
        self.session.add(response)
        self.session.flush()
        by = f"focal-point.{society.code.lower()}@{DOMAIN}"
        self.session.execute(insert(AnswerChange), list(_changes(response, by, at)))
        self.session.add(
            Submission(
                response_id=response.id,
                key=f"{response.id}:{LABEL}",
                reference=f"{WAVE}-{society.code}-DEMO".upper(),
                at=at,
                by=by,
                answers=response.answers,
                digest=digest_of(response.answers),
            )
        )


def _changes(response: Response, by: str, at: datetime) -> Iterator[dict[str, Any]]:
    for code, value in response.answers.items():
        yield {
            "response_id": response.id,
            "question": code,
            "at": at,
            "by": by,
            "channel": Channel.WEB,
            "reason": "",
            "before": None,
            "after": value,
        }


def _mail_of(call_id: UUID) -> list[ColumnElement[bool]]:
    """Mail to invented people, and to real ones who took part: each condition alone suffices."""
    parts = select(Participation.id).where(Participation.call_id == call_id)
    receipts = select(Submission.id).join(Response).where(Response.wave_id == call_id)
    return [
        col(Mail.to_address).endswith(f"@{DOMAIN}"),
        col(Mail.about_id).in_(parts),
        col(Mail.about_id).in_(receipts),
    ]


def remove(session: Session, *, now: datetime) -> bool:
    """Take the demonstration away whole, with its people and mail; False if it was not there."""
    call = find_demonstration(session)
    if call is None:
        return False
    invented = select(Person.id).where(col(Person.email).endswith(f"@{DOMAIN}"))
    noted = (
        col(AuditEntry.about) == WAVE,
        col(AuditEntry.about).startswith(f"{WAVE}/"),
        col(AuditEntry.by) == LABEL,
        col(AuditEntry.person_id).in_(invented),
    )
    session.execute(delete(AuditEntry).where(or_(*noted)))
    session.execute(delete(KeptForm).where(col(KeptForm.person_id).in_(invented)))
    session.execute(delete(Mail).where(or_(*_mail_of(call.id))))
    session.execute(delete(Process).where(col(Process.id) == call.process_id))
    session.execute(delete(Person).where(col(Person.email).endswith(f"@{DOMAIN}")))
    audit.record(session, "demonstration.removed", about=WAVE, now=now, label="command line")
    session.flush()
    session.expunge_all()
    return True

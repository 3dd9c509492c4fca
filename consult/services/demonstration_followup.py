"""What goes with the demonstration's consultation: a network's meeting on the zero draft."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlmodel import Session, select

from consult.demonstration.reading import LANGUAGES, NAMES, data
from consult.models import Consultation, Meeting, MeetingSession, Source, Statement
from consult.services.demonstration_sayings import Sayings
from movement.models import Group, Organisation, Process

MEETING = "migration-meeting"
LABEL = "demonstration"


def follow_up(
    session: Session, process: Process, consultation: Consultation, sayings: Sayings, *,
    now: datetime,
) -> None:  # fmt: skip
    """Write the meeting, and name it as the source of what came from it. Flushes."""
    raw = data("meeting")
    group = session.scalars(select(Group).where(Group.code == raw["network"])).one_or_none()
    begins = (now - timedelta(days=40 + raw["days_before_closing"])).date()
    meeting = Meeting(
        id=uuid5(NAMES, MEETING), code=MEETING, process_id=process.id,
        consultation_id=consultation.id, group_id=group.id if group else None,
        titles=raw["titles"], begins_on=begins, ends_on=begins + timedelta(days=raw["days"] - 1),
        concept=_in_all(raw["concept_note"]), agreed_text=_in_all(raw["agreed"]),
        demonstration=True,
    )  # fmt: skip
    session.add(meeting)
    session.flush()
    sessions = _sessions(session, meeting, raw)
    for said in raw["statements"]:
        organisation = session.scalars(
            select(Organisation).where(Organisation.code == said["organisation"])
        ).one()
        session.add(
            Statement(
                meeting_id=meeting.id, session_id=sessions.get(said["session"]),
                organisation_id=organisation.id, text=said["text"], language=said["language"],
                consent=said["consent_record"] and said["consent_public"], recorded_at=now,
                recorded_by=LABEL,
            )
        )  # fmt: skip
    for number in raw["contributions"]:
        row = sayings.rows[number]
        row.meeting_id, row.source = meeting.id, Source.MEETING
    session.flush()


def _sessions(session: Session, meeting: Meeting, raw: Mapping[str, Any]) -> dict[str, UUID]:
    """A row for each sub-theme with its record, by the sub-theme's code."""
    titles = {one["code"]: one["titles"]["en"] for one in raw["subthemes"]}
    made: dict[str, UUID] = {}
    for position, one in enumerate(raw["sessions"]):
        row = MeetingSession(
            meeting_id=meeting.id, position=position, title=titles[one["subtheme"]],
            record=_in_all(one["record"]),
        )  # fmt: skip
        session.add(row)
        made[one["subtheme"]] = row.id
    session.flush()
    return made


def _in_all(texts: Mapping[str, str]) -> str:
    """The same in all languages, one under the other."""
    return "\n\n".join(texts[language] for language in LANGUAGES)

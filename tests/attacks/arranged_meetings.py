"""Hostile meetings with all that belongs to them, and evidence cited to a paragraph."""

from datetime import date

from sqlmodel import Session, select

from analytics.models import Citation, CitationFile, CitationKind
from consult.models import Consultation, Draft, Meeting, MeetingDocument, MeetingSession, Statement
from core.clock import now
from movement.models import Organisation, Process
from tests.attacks.arranged_speaking import ROUNDS
from tests.attacks.hostile import formula, hostile
from tests.attacks.world import OTHER, OWN, World
from tests.consult.arranged import lineage

PDF = b"%PDF-1.7\n"


def met(world: World, session: Session, process_code: str) -> None:
    """A meeting of the process on its text, and evidence for the text's first paragraph."""
    process = session.exec(select(Process).where(Process.code == process_code)).one()
    text = session.exec(
        select(Consultation).where(Consultation.code == ROUNDS[process_code][0])
    ).one()
    meeting = Meeting(
        code=f"{text.code}-meeting", process_id=process.id, consultation_id=text.id,
        titles={"en": formula("Meeting"), "fr": hostile("Réunion")}, place=hostile("Place"),
        begins_on=date(2027, 3, 1), ends_on=date(2027, 3, 2),
        concept=f"# {hostile('Concept')}\n1. {hostile('Why')}", agreed_text=hostile("Agreed"),
    )  # fmt: skip
    session.add(meeting)
    session.flush()
    _parts(world, session, meeting, OWN if process_code == "strategy" else OTHER)
    _evidence(world, session, text)


def _parts(world: World, session: Session, meeting: Meeting, code: str) -> None:
    speaker = session.exec(select(Organisation).where(Organisation.code == code)).one()
    rows: dict[str, MeetingSession | MeetingDocument | Statement] = {
        "session": MeetingSession(
            meeting_id=meeting.id, position=0, title=formula("Theme"), record=hostile("Record")
        ),
        "document": MeetingDocument(
            meeting_id=meeting.id, title=formula("Study"), name=hostile("study.html")[:100],
            content_type="application/pdf", size=len(PDF), digest="0" * 64, content=PDF,
            added_at=now(),
        ),
        "statement": Statement(
            meeting_id=meeting.id, organisation_id=speaker.id, text=hostile("We say"),
            recorded_at=now(), recorded_by=formula("secretariat"),
        ),
    }  # fmt: skip
    for name, row in rows.items():
        session.add(row)
        session.flush()
        world.ids[f"{meeting.code} {name}"] = row.id


def _evidence(world: World, session: Session, text: Consultation) -> None:
    draft = session.exec(select(Draft).where(Draft.consultation_id == text.id)).one()
    row = Citation(
        consultation_id=text.id, draft_id=draft.id, lineage=lineage(f"{text.code} p1"),
        kind=CitationKind.FINDING, titles={"en": formula("Question")},
        sentences={"en": hostile("Most say so")},
        figures={
            "headings": {"en": [hostile("Answer"), "n"]}, "rows": {"en": [[formula("a"), "1"]]}
        },
        n=3, size=4, wave_code="none", question=hostile("colour"), address="https://example.org/",
        digest="0" * 64, created_at=now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    file = CitationFile(
        citation_id=row.id, name=hostile("study.html")[:100], size=len(PDF),
        content_type="application/pdf", digest="0" * 64, content=PDF,
    )  # fmt: skip
    session.add(file)
    world.ids[f"{text.code} citation"] = row.id

"""What an export is made of, and finding exports. Reads only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select as any_select
from sqlmodel import Session, col, select

from analytics.consent import named
from analytics.export.contents import Contents
from analytics.models import Export
from analytics.queries.waves import get_wave
from core.errors import NotFound
from core.texts import lazy as _l
from movement.models import Call, Organisation, Participation
from movement.queries.directory import regions
from surveys.definition import Texts
from surveys.models import Response, Submission

RECENT = 10


def get_contents(
    session: Session, code: str, *, language: str, consented_only: bool, now: datetime
) -> Contents:
    """All that an export of the wave holds; raises `NotFound`.

    With `consented_only`: the rows of organisations that agreed to be quoted by name, and tables
    by a Co-Chair's rules.
    """
    wave = get_wave(session, code)
    answered = [given.answered for given in wave.given]
    return Contents(
        wave=wave,
        names=organisation_names(session, wave.call.id),
        regions={region.code: region.names for region in regions(session)},
        channels=_channels(session, wave.call.id),
        language=language,
        exported_at=now,
        known=named(wave.questionnaire, answered) if consented_only else None,
    )


def organisation_names(session: Session, call_id: UUID) -> dict[str, Texts]:
    """The names of who takes part in a call, by code."""
    rows = session.execute(
        any_select(col(Organisation.code), col(Organisation.names))
        .join(Participation, col(Participation.organisation_id) == col(Organisation.id))
        .where(col(Participation.call_id) == call_id)
    )
    return {code: names for code, names in rows}  # noqa: C416 - dict() of rows has no types


def _channels(session: Session, call_id: UUID) -> dict[UUID, str]:
    """By which way each response was submitted last."""
    rows = session.execute(
        any_select(col(Submission.response_id), col(Submission.channel))
        .join(Response, col(Response.id) == col(Submission.response_id))
        .where(col(Response.wave_id) == call_id)
        .order_by(col(Submission.at))
    )
    return {response_id: channel.value for response_id, channel in rows}


def get_export(session: Session, export_id: UUID) -> tuple[Export, Call]:
    """An export with its call; raises `NotFound`."""
    found = session.execute(
        select(Export, Call)
        .join(Call, col(Call.id) == Export.call_id)
        .where(Export.id == export_id)
    ).one_or_none()
    if found is None:
        raise NotFound(_l("There is no such page."))
    return found[0], found[1]


def exports_of(session: Session, person_id: UUID) -> list[tuple[Export, Call]]:
    """The exports a person asked for, the latest first; no more than a few."""
    found = session.execute(
        select(Export, Call)
        .join(Call, col(Call.id) == Export.call_id)
        .where(Export.person_id == person_id)
        .order_by(col(Export.asked_at).desc())
        .limit(RECENT)
    )
    return [(export, call) for export, call in found]

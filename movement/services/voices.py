"""The voice of a network or group: the organisation row by which it is asked and answers.

Roles, participation, mail and contributions then work for it as for a Society. It has no admission
and no region, so that no frame and no region's figure can come to count it.
"""

from collections.abc import Iterable

from sqlmodel import Session, select

from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from movement.models import Call, Group, Organisation, OrganisationKind, Participation
from movement.queries.directory import voices
from movement.queries.participation import participants

TIMEZONE = "UTC"
WEEKEND = (6, 7)


def code_of(group: Group) -> str:
    """The code of a group's voice: the group's own in capitals, as all organisations' codes are."""
    return group.code.upper()


def give_voice(session: Session, group: Group) -> Organisation:
    """The group's voice, made if it has none, with the group's names as they are now. Flushes.

    Raises `Conflict` where a component of the Movement has that code.
    """
    voice = session.get(Organisation, group.organisation_id) if group.organisation_id else None
    voice = voice or _with_code(session, code_of(group))
    if voice is None:
        voice = Organisation(
            code=code_of(group),
            kind=OrganisationKind.NETWORK,
            timezone=TIMEZONE,
            weekend_days=list(WEEKEND),
        )
    voice.names = dict(group.names)
    session.add(voice)
    session.flush()
    group.organisation_id = voice.id
    session.add(group)
    session.flush()
    return voice


def _with_code(session: Session, code: str) -> Organisation | None:
    found = session.scalars(select(Organisation).where(Organisation.code == code)).one_or_none()
    if found is not None and found.kind is not OrganisationKind.NETWORK:
        raise Conflict(
            _l("%(code)s is an organisation's code already; a group can't have it.", code=code)
        )
    return found


def add_voices(session: Session, call: Call, codes: Iterable[str]) -> list[Organisation]:
    """Let networks and groups, IFRC and ICRC take part, by code; none is ever counted in N.

    Those that take part already are left as they are. Raises `DomainError` for another code.
    """
    speaking = {one.code: one for one in voices(session)}
    wanted = list(dict.fromkeys(code.strip().upper() for code in codes))
    unknown = [code for code in wanted if code not in speaking]
    if unknown:
        raise DomainError(_l("%(code)s is no network or group, nor IFRC or ICRC.", code=unknown[0]))
    there = {one.organisation.id for one in participants(session, call.id)}
    chosen = [speaking[code] for code in wanted if speaking[code].id not in there]
    session.add_all(
        Participation(call_id=call.id, organisation_id=one.id, in_frame=False) for one in chosen
    )
    session.flush()
    return chosen

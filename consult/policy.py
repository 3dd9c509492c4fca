"""Who may do what in consultations, as the table of roles says it.

Organisations speak through their own people; the secretariat acts on their behalf, recorded. A
consultant drafts in the processes they are engaged for, and decides nothing.
"""

from uuid import UUID

from movement.actors import Actor
from movement.models import Role

OWN = (Role.RESPONDENT, Role.FOCAL_POINT, Role.APPROVER)
SIGNING = (Role.FOCAL_POINT, Role.APPROVER)
READING = (Role.CO_CHAIR, Role.CONSULTANT)


def takes_part(actor: Actor | None) -> bool:
    """Whether they belong to an organisation that may be asked, or to the secretariat."""
    return actor is not None and actor.holds(*OWN, Role.SECRETARIAT)


def may_enter(actor: Actor | None) -> bool:
    """See consultations at all: everybody who takes part, leads or drafts; no administrator."""
    return actor is not None and actor.holds(*OWN, *READING, Role.SECRETARIAT)


def may_read(actor: Actor, process_id: UUID, asked: frozenset[UUID]) -> bool:
    """Read a published draft. `asked`: the organisations that take part in a round of it."""
    return (
        actor.holds(Role.SECRETARIAT)
        or actor.holds(*READING, process=process_id)
        or bool(actor.organisation_ids & asked)
    )


def may_contribute(actor: Actor, organisation_id: UUID) -> bool:
    """Write for an organisation, and so see what its people write."""
    return actor.holds(*OWN, organisation=organisation_id) or on_behalf(actor, organisation_id)


def may_submit(actor: Actor, organisation_id: UUID) -> bool:
    """Give an organisation's official voice, withdraw it, sign joint contributions."""
    return actor.holds(*SIGNING, organisation=organisation_id) or on_behalf(actor, organisation_id)


def on_behalf(actor: Actor, organisation_id: UUID) -> bool:
    """Whether what they do for the organisation is on its behalf: staff not of it."""
    return actor.holds(Role.SECRETARIAT) and organisation_id not in actor.organisation_ids


def is_staff(actor: Actor | None) -> bool:
    """Run consultations: import, open, admit, decide, close, export."""
    return actor is not None and actor.holds(Role.SECRETARIAT)


def drafts_somewhere(actor: Actor | None) -> bool:
    """Whether they write drafts of some process."""
    return actor is not None and actor.holds(Role.SECRETARIAT, Role.CONSULTANT)


def may_draft(actor: Actor, process_id: UUID) -> bool:
    """Write the next draft of a process's texts, and see the named contributions to do so."""
    return actor.holds(Role.SECRETARIAT) or actor.holds(Role.CONSULTANT, process=process_id)


def may_see_account(actor: Actor, process_id: UUID) -> bool:
    """See figures of a round before they are released: by region, never of one organisation."""
    return actor.holds(Role.SECRETARIAT) or actor.holds(*READING, process=process_id)


def speaks(actor: Actor | None) -> bool:
    """Whether they belong to an organisation that may be asked."""
    return actor is not None and actor.holds(*OWN)

"""Who may do what with a response. The secretariat acts on an organisation's behalf, recorded."""

from uuid import UUID

from movement.actors import Actor
from movement.models import Role

OWN = (Role.RESPONDENT, Role.FOCAL_POINT, Role.APPROVER)
SIGNING = (Role.FOCAL_POINT, Role.APPROVER)


def answers_somewhere(actor: Actor | None) -> bool:
    """Whether they belong to an organisation, or may act on one's behalf."""
    return actor is not None and actor.holds(*OWN, Role.SECRETARIAT)


def may_answer(actor: Actor, organisation_id: UUID) -> bool:
    """Whether they may give the organisation's answers, and so see them."""
    return actor.holds(*OWN, organisation=organisation_id) or acts_on_behalf(actor, organisation_id)


def may_submit(actor: Actor, organisation_id: UUID) -> bool:
    """Whether they may submit, reopen or decline for the organisation."""
    return actor.holds(*SIGNING, organisation=organisation_id) or acts_on_behalf(
        actor, organisation_id
    )


def acts_on_behalf(actor: Actor, organisation_id: UUID) -> bool:
    """Whether what they do for the organisation is on its behalf: staff who don't belong to it."""
    return actor.holds(Role.SECRETARIAT) and organisation_id not in actor.organisation_ids

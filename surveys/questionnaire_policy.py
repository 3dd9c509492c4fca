"""Who may do what with questionnaires: the secretariat writes them, those asked print theirs."""

from movement.actors import Actor
from movement.models import Role


def may_author(actor: Actor | None) -> bool:
    """Whether they import questionnaires and see them before anybody is asked."""
    return actor is not None and actor.holds(Role.SECRETARIAT)


def may_print(actor: Actor | None) -> bool:
    """Whether blank questionnaires are their business at all; which ones, the query decides."""
    return actor is not None and (may_author(actor) or bool(actor.organisation_ids))

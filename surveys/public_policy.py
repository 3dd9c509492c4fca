"""Who may do what with public questionnaires. Answering them needs nobody's leave."""

from movement.actors import Actor
from movement.models import Role


def may_run_public(actor: Actor | None) -> bool:
    """Whether they open and close public questionnaires, and bring in batches."""
    return actor is not None and actor.holds(Role.SECRETARIAT)

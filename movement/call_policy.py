"""Who may run calls, as the table of roles says it: the secretariat, and nobody else."""

from movement.actors import Actor
from movement.policy import is_secretariat


def may_see_calls(actor: Actor | None) -> bool:
    """See every call's board, messages and mail."""
    return is_secretariat(actor)


def may_run_calls(actor: Actor | None) -> bool:
    """Open, extend, close and release calls; invite and remind."""
    return is_secretariat(actor)

"""Who may do what with the directory and people, as the table of roles says it.

Each function answers for the signed-in person, or None for nobody. Calls have their own module.
"""

from uuid import UUID

from movement.actors import OF_A_PROCESS, OF_AN_ORGANISATION, Actor
from movement.models import Role

OF_THE_DIRECTORY = (Role.SECRETARIAT, Role.ADMINISTRATOR)
OF_COLLEAGUES = (Role.FOCAL_POINT, Role.APPROVER)


def is_secretariat(actor: Actor | None) -> bool:
    """Whether they run the process."""
    return actor is not None and actor.holds(Role.SECRETARIAT)


def may_run_processes(actor: Actor | None) -> bool:
    """Begin processes and correct them; name outside parties."""
    return is_secretariat(actor)


def may_follow_some_process(actor: Actor | None) -> bool:
    """See the timeline of one process at least."""
    return actor is not None and actor.holds(Role.SECRETARIAT, *OF_A_PROCESS)


def may_follow_process(actor: Actor | None, process_id: UUID) -> bool:
    """See a process's timeline: who runs it, its Co-Chairs and its consultant."""
    return actor is not None and (
        actor.holds(Role.SECRETARIAT) or actor.holds(*OF_A_PROCESS, process=process_id)
    )


def is_administrator(actor: Actor | None) -> bool:
    """Whether they look after people and the installation."""
    return actor is not None and actor.holds(Role.ADMINISTRATOR)


def may_see_directory(actor: Actor | None) -> bool:
    """See organisations, regions and groups."""
    return actor is not None and actor.holds(*OF_THE_DIRECTORY)


def may_correct_directory(actor: Actor | None) -> bool:
    """Correct organisations, and begin or end memberships."""
    return may_see_directory(actor)


def may_see_all_people(actor: Actor | None) -> bool:
    """See everybody with their roles, and remove a person."""
    return is_administrator(actor)


def has_colleagues(actor: Actor | None) -> bool:
    """Look after the people of an organisation of their own."""
    return actor is not None and actor.holds(*OF_COLLEAGUES)


def may_see_some_people(actor: Actor | None) -> bool:
    """See the people of one organisation at least."""
    return actor is not None and actor.holds(*OF_COLLEAGUES, *OF_THE_DIRECTORY)


def may_see_people_of(actor: Actor | None, organisation_id: UUID) -> bool:
    """See who answers for an organisation: their own, or any for those who run the process."""
    return actor is not None and (
        actor.holds(*OF_COLLEAGUES, organisation=organisation_id) or actor.holds(*OF_THE_DIRECTORY)
    )


def may_assign(actor: Actor | None, role: Role, organisation_id: UUID | None) -> bool:
    """Give or end a role: for organisations as `may_see_people_of`, others for administrators."""
    if role not in OF_AN_ORGANISATION:
        return is_administrator(actor)
    return organisation_id is not None and may_see_people_of(actor, organisation_id)

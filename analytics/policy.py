"""Who may see results and take exports, as the table of roles says it.

Each function answers for the signed-in person, or None for nobody.
"""

from uuid import UUID

from analytics.disclosure import Audience
from analytics.models import Export
from movement.actors import OF_AN_ORGANISATION, Actor
from movement.models import Call, Role

OF_RESULTS = (Role.SECRETARIAT, Role.CO_CHAIR, Role.CONSULTANT)


def may_see_some_results(actor: Actor | None) -> bool:
    """See the results of some wave, now or once they are released."""
    return actor is not None and actor.holds(*OF_RESULTS, *OF_AN_ORGANISATION)


def may_see_results(actor: Actor | None, call: Call) -> bool:
    """See a wave's dashboards: the process's own people always, who answers once released."""
    if actor is None:
        return False
    released = call.released_at is not None and actor.holds(*OF_AN_ORGANISATION)
    return released or _of_the_process(actor, call)


def may_take_figures(actor: Actor | None, call: Call) -> bool:
    """Download the figures a page shows."""
    return actor is not None and _of_the_process(actor, call)


def sees_everything(actor: Actor | None, call: Call) -> bool:
    """See every answer with its organisation's name."""
    return audience_of(actor, call) is Audience.STAFF


def audience_of(actor: Actor | None, _call: Call) -> Audience:
    """By which rules figures are shown to them."""
    staff = actor is not None and actor.holds(Role.SECRETARIAT)
    return Audience.STAFF if staff else Audience.CO_CHAIR


def reads_every_contribution(actor: Actor | None, call: Call) -> bool:
    """Read what was submitted to a round, named: nothing is withheld from their figures of it."""
    return actor is not None and (
        actor.holds(Role.SECRETARIAT) or actor.holds(Role.CONSULTANT, process=call.process_id)
    )


def may_cite(actor: Actor | None) -> bool:
    """Cite a finding or a document to a paragraph, and take it away again."""
    return actor is not None and actor.holds(Role.SECRETARIAT)


def may_export_something(actor: Actor | None) -> bool:
    """Take an export of some wave."""
    return actor is not None and actor.holds(Role.SECRETARIAT, Role.CONSULTANT)


def may_export(actor: Actor | None, call: Call) -> bool:
    """Take an export of this wave: all of it, or for the consultant what consent allows."""
    return actor is not None and (
        actor.holds(Role.SECRETARIAT) or actor.holds(Role.CONSULTANT, process=call.process_id)
    )


def may_fetch(actor: Actor | None, export: Export, call: Call) -> bool:
    """See and download an export: only who asked for it, while they may still take it."""
    if actor is None or export.person_id != actor.id or not may_export(actor, call):
        return False
    return export.consented_only or actor.holds(Role.SECRETARIAT)


def may_see_some_public_results(actor: Actor | None) -> bool:
    """See the results of some public questionnaire."""
    return actor is not None and actor.holds(*OF_RESULTS)


def may_see_public_results(actor: Actor | None, process_id: UUID) -> bool:
    """See the tables of a process's public questionnaire."""
    return actor is not None and (
        actor.holds(Role.SECRETARIAT) or actor.holds(*OF_RESULTS, process=process_id)
    )


def _of_the_process(actor: Actor, call: Call) -> bool:
    return actor.holds(Role.SECRETARIAT) or actor.holds(*OF_RESULTS, process=call.process_id)

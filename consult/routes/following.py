"""What follows a text, for who answers for an organisation: agreement, pledges, reports."""

from flask import Blueprint, Flask, g, render_template
from flask.typing import ResponseReturnValue

from consult import policy
from consult.queries.adoption import adopted_texts, awaited_of
from consult.queries.pledges import own_pledges
from core.access import access
from core.clock import now
from core.db import get_session
from movement.actors import Actor
from movement.models import CallKind
from movement.queries.directory import organisations_by_id
from movement.queries.tasks import tasks_of

blueprint = Blueprint("following", __name__, url_prefix="/follow-up")


@blueprint.get("")
@access(policy.takes_part)
def index() -> ResponseReturnValue:
    """The words asked of us, our pledges, the reports asked of us, and the adopted texts."""
    session, mine = get_session(), g.actor.organisation_ids
    reports = [
        task for task in tasks_of(session, mine, now=now()) if task.call.kind is CallKind.REPORTING
    ]
    return render_template(
        "consult/following/index.html",
        awaited=[
            (one, policy.may_submit(g.actor, one.organisation.id))
            for one in awaited_of(session, mine, on=now().date())
        ],
        reports=reports,
        pledges=[(one, own_pledges(session, one.id)) for one in organisations_by_id(session, mine)],
        adopted=adopted_texts(session),
        staff=policy.is_staff(g.actor),
    )


def _answers_for_one(actor: Actor | None) -> bool:
    """Whether the page holds anything of theirs: staff go by each text's desk."""
    return actor is not None and actor.holds(*policy.OWN)


def init_app(app: Flask) -> None:
    """Register the page; the list of consultations leads to it."""
    app.register_blueprint(blueprint)

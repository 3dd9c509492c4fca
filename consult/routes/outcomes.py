"""The response to an organisation: its words, what was decided, why, and the final wording."""

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from consult.policy import speaks
from consult.queries.outcomes import became_of
from consult.routes.texts import text_of
from consult.routes.visits import speaking
from core.access import access
from core.db import get_session

blueprint = Blueprint("outcomes", __name__, url_prefix="/rounds/<call>/<organisation>/response")


@blueprint.get("")
@access(speaks)
def response(call: str, organisation: str) -> ResponseReturnValue:
    """What became of our words, one contribution after the other; made to be printed too."""
    here = speaking(call, organisation)
    rows = became_of(get_session(), here.voice)
    after = next((row.after for row in rows if row.after), None)
    return render_template(
        "consult/response.html",
        here=here,
        rows=rows,
        notes=here.text.notes(),
        after=after,
        later=text_of(after, here.text.language) if after else None,
    )


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)

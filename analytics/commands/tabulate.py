"""`flask analytics tabulate`: one question's figures as JSON, for those who script.

Prints `{"question", "kind", "n", "N", "rows": [{"group", "item", "value", "n", "base", "share",
"weighted_share", "mean", "weighted_mean", "suppressed"}]}` and, beside these, `missing`,
`not_asked`, `weighting` and `groups`. Shares and means are not rounded.
"""

import click
from flask import Flask

from analytics.commands import group
from analytics.disclosure import Audience
from analytics.measures import NotTabulated
from analytics.queries.waves import get_wave
from analytics.tabulate import tabulate
from core.cli import answer, command_errors, refuse
from core.db import sessions


@group.command("tabulate")
@click.argument("code")
@click.option("--question", "question_code", required=True, help="The question's code.")
@click.option("--by", type=click.Choice(["region"]), help="One group per region.")
@click.option("--weighted", is_flag=True, help="Weigh each region by its members.")
@click.option(
    "--audience",
    type=click.Choice([audience.value for audience in Audience]),
    default=Audience.STAFF.value,
    show_default=True,
    help="By whose rules small regions are withheld.",
)
@command_errors
def tabulate_(code: str, question_code: str, by: str | None, weighted: bool, audience: str) -> None:
    """The figures of one question of the wave CODE."""
    with sessions()(writing=False) as session:
        wave = get_wave(session, code)
    question = wave.question(question_code)
    try:
        table = tabulate(
            question, wave.responses, wave.frame,
            by_region=by == "region", weighted=weighted, audience=Audience(audience),
        )  # fmt: skip
    except NotTabulated as reason:
        refuse(reason)
    answer(table.as_json())


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(group)

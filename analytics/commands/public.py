"""`flask public tabulate`: one question's figures of a public questionnaire, as JSON.

Prints `{"question", "kind", "n", "rows": [{"item", "values", "n", "base", "share", "mean",
"suppressed"}]}`, as everybody may see it: no figure tells of fewer than five people.
"""

import click
from flask import Flask

from analytics.measures import NotTabulated
from analytics.public_table import tabulate_public
from analytics.queries.public import get_public
from core.cli import answer, command_errors, refuse
from core.db import sessions
from surveys.commands.public import group


@group.command("tabulate")
@click.argument("code")
@click.option("--question", "question_code", required=True, help="The question's code.")
@command_errors
def tabulate_(code: str, question_code: str) -> None:
    """The figures of one question of the public questionnaire CODE."""
    with sessions()(writing=False) as session:
        data = get_public(session, code)
    question = data.question(question_code)
    try:
        answer(tabulate_public(question, data.responses).as_json())
    except NotTabulated as reason:
        refuse(reason)


def init_app(app: Flask) -> None:
    """The group is registered by surveys; importing this module adds to it."""

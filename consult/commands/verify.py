"""`flask consult verify CODE`: every rule of consultations, looked up in what is stored."""

from collections import Counter

import click
from flask import Flask

from consult.commands import group
from consult.queries.consultations import refuse_unknown
from consult.verify import RULES, Stored, findings
from core.cli import answer, command_errors
from core.db import get_session


@group.command("verify")
@click.argument("code")
@command_errors
def verify(code: str) -> None:
    """Print each rule with what breaks it; the status is 1 if anything does."""
    refuse_unknown(get_session(), code)
    found = findings(Stored(get_session(), code), RULES)
    counts = Counter(finding.rule for finding in found)
    answer(
        {
            "code": code,
            "rules": [
                {"rule": rule.name, "sentence": rule.sentence, "broken": counts[rule.name]}
                for rule in RULES
            ],
            "findings": [
                {"rule": one.rule, "row": one.row, "message": one.message} for one in found
            ],
        }
    )
    if found:
        raise SystemExit(1)


def init_app(app: Flask) -> None:
    """Register the command."""
    if group.name not in app.cli.commands:
        app.cli.add_command(group)

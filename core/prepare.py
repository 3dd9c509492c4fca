"""Commands of the application run one after another in one process, which spares importing it anew.

`python -m core.prepare "db upgrade" "movement load"`. It knows no command; it stops at the first
that fails.
"""

import importlib
import sys
from collections.abc import Sequence

from flask import Flask
from flask.cli import ScriptInfo


def heading(command: str) -> str:
    """The line that stands before what a command prints."""
    return f"— flask {command}"


def run(app: Flask, commands: Sequence[str]) -> None:
    """Run the commands, each under its heading; a failing one ends the process as if alone."""
    for command in commands:
        sys.stdout.write(f"{heading(command)}\n")
        sys.stdout.flush()
        script = ScriptInfo(create_app=lambda: app)
        try:
            app.cli.main(command.split(), prog_name="flask", obj=script)
        except SystemExit as ending:
            if ending.code:
                raise
        sys.stdout.flush()


if __name__ == "__main__":
    run(importlib.import_module("wsgi").app, sys.argv[1:])

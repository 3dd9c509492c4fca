"""`flask db …`: the schema. Answers on standard output, messages on standard error."""

import sys
from typing import TYPE_CHECKING

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from core.settings import ROOT, Settings

if TYPE_CHECKING:
    from alembic.config import Config

group = AppGroup("db", help="The database's schema.")


def alembic_config(settings: Settings) -> "Config":
    """Alembic's configuration for these settings; no ini file."""
    from alembic.config import Config  # noqa: PLC0415 -- web servers and workers never migrate

    config = Config(stdout=sys.stderr)
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", settings.database.replace("%", "%%"))
    return config


def _config() -> "Config":
    settings: Settings = current_app.config["SETTINGS"]
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return alembic_config(settings)


@group.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the schema up to date. Safe to repeat, and to start again after being killed."""
    from alembic import command  # noqa: PLC0415 -- see alembic_config

    command.upgrade(_config(), revision)


@group.command("revision")
@click.option("-m", "--message", required=True)
@click.option("--rev-id", required=True, help="The next number, such as 0003.")
def revision(message: str, rev_id: str) -> None:
    """Write a migration from the difference between models and database."""
    from alembic import command  # noqa: PLC0415 -- see alembic_config

    command.revision(_config(), message, autogenerate=True, rev_id=rev_id)


@group.command("check")
def check() -> None:
    """Fail if the models and the migrated database differ."""
    from alembic import command  # noqa: PLC0415 -- see alembic_config
    from alembic.util import CommandError  # noqa: PLC0415 -- see alembic_config

    try:
        command.check(_config())
    except CommandError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)

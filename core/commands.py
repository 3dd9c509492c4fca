"""`flask db …`: the schema. Answers on standard output, messages on standard error."""

import sys

import click
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from flask import Flask, current_app
from flask.cli import AppGroup

from core.settings import ROOT, Settings

group = AppGroup("db", help="The database's schema.")


def alembic_config(settings: Settings) -> Config:
    """Alembic's configuration for these settings; no ini file."""
    config = Config(stdout=sys.stderr)
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", settings.database.replace("%", "%%"))
    return config


def _config() -> Config:
    settings: Settings = current_app.config["SETTINGS"]
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return alembic_config(settings)


@group.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the schema up to date. Safe to repeat, and to start again after being killed."""
    command.upgrade(_config(), revision)


@group.command("revision")
@click.option("-m", "--message", required=True)
@click.option("--rev-id", required=True, help="The next number, such as 0003.")
def revision(message: str, rev_id: str) -> None:
    """Write a migration from the difference between models and database."""
    command.revision(_config(), message, autogenerate=True, rev_id=rev_id)


@group.command("check")
def check() -> None:
    """Fail if the models and the migrated database differ."""
    try:
        command.check(_config())
    except CommandError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)

"""Alembic's entry: one transaction, so that a killed run leaves the old schema."""

from typing import Any

from alembic import context
from sqlalchemy import JSON, Connection, Engine, event, text

import analytics.models
import consult.models
import core.models
import movement.models
import surveys.bank.models
import surveys.models
import surveys.public_models
import surveys.publishing_models  # importing the models fills the metadata
from core.db import make_engine, metadata

LOCK = 7283641  # any constant: two upgrades at once wait for each other


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our JSON columns by the name models use."""
    return "json_type()" if kind == "type" and isinstance(item, JSON) else False


def let_tables_be_copied(engine: Engine) -> None:
    """On SQLite: dropping a table, once it is copied, must not delete what refers to its rows."""

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys=OFF")


def refuse_broken_references(connection: Connection) -> None:
    """What SQLite was kept from minding meanwhile; the transaction is rolled back by it."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"The migration left rows that refer to nothing: {broken[:5]}")


def run() -> None:
    """Upgrade, downgrade or compare."""
    engine = make_engine(context.config.get_main_option("sqlalchemy.url") or "")
    on_sqlite = engine.dialect.name == "sqlite"
    if on_sqlite:
        let_tables_be_copied(engine)
    writing = engine.execution_options(plenary_writing=True)
    with writing.connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=on_sqlite,
            compare_type=True,
            render_item=render_item,
        )
        context.run_migrations()
        if on_sqlite:
            refuse_broken_references(connection)
    engine.dispose()


run()

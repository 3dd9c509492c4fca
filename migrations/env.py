"""Alembic's entry: one transaction, so that a killed run leaves the old schema."""

from alembic import context
from sqlalchemy import JSON, text

import analytics.models
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


def run() -> None:
    """Upgrade, downgrade or compare."""
    engine = make_engine(context.config.get_main_option("sqlalchemy.url") or "")
    writing = engine.execution_options(plenary_writing=True)
    with writing.connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=render_item,
        )
        context.run_migrations()
    engine.dispose()


run()

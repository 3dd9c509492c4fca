"""The database: engine, one session per app context, transactions, column types.

SQLite and PostgreSQL differ here and nowhere else. A session made for writing takes SQLite's write
lock at its start, so that a read followed by a write can't fail half-way.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, cast

from flask import current_app, g, has_request_context, request
from sqlalchemy import JSON, Engine, Enum, MetaData, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.orm import sessionmaker
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata

LOCK_WAIT_SECONDS = 15
REST_SECONDS = 0.1
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def json_type() -> TypeEngine[Any]:
    """JSON as the database knows it best; None is SQL's NULL. Assign a new value to change it."""
    return JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def enum_type(enum: type[StrEnum]) -> Enum:
    """A VARCHAR(40) holding the members' values; a new member needs no migration."""
    return Enum(
        enum,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        length=40,
        validate_strings=True,
    )


def lacks_schema(error: DBAPIError) -> bool:
    """Whether a statement failed for want of a table or column: nothing migrated the database."""
    missing = getattr(error.orig, "sqlstate", None) in {"42P01", "42703"}
    said = ("no such table", "no such column", "has no column")
    return missing or any(words in str(error.orig) for words in said)


_ALONE: dict[str, Any] = {"isolation_level": "AUTOCOMMIT", "pool_reset_on_return": None}


def _server_engine(url: str, alone: dict[str, Any]) -> Engine:
    """An engine for PostgreSQL. A connection that rested is tried before it is used again.

    So a server that was restarted in between costs nobody an error, and busy pages, whose
    connections never rest, no question to the server.
    """
    engine = create_engine(
        url,
        **alone,
        pool_size=10,
        max_overflow=10,
        pool_timeout=10,
        pool_use_lifo=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 5, "application_name": "plenary"},
    )

    @event.listens_for(engine, "checkin")
    def _rests(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _try(connection: Any, record: Any, _proxy: object) -> None:
        if time.monotonic() - record.info.get("rests_since", math.inf) < REST_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as gone:
            raise DisconnectionError from gone  # SQLAlchemy takes another, or makes one

    return engine


def make_engine(url: str, *, alone: bool = False) -> Engine:
    """An engine for SQLite (WAL, every commit on disk) or PostgreSQL.

    `alone`: on PostgreSQL, each statement stands alone, outside any transaction. Its errors, which
    are logged, name no values: these may be answers.
    """
    if not url.startswith("sqlite"):
        return _server_engine(url, _ALONE if alone else {})
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": LOCK_WAIT_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours to send, below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("plenary_writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


class Sessions:
    """Makes the sessions of an application: for reading, and for writing."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        # On PostgreSQL each reading statement stands alone: a page that begins and ends a
        # transaction around its two queries waits for the server twice as often. These connections
        # stay as they are; to change them back and forth costs as much as a query.
        on_server = self.engine.dialect.name == "postgresql"
        self.reading = make_engine(url, alone=True) if on_server else self.engine
        self._reading = sessionmaker(self.reading, class_=Session, expire_on_commit=False)
        writing = self.engine.execution_options(plenary_writing=True)
        self._writing = sessionmaker(writing, class_=Session, expire_on_commit=False)

    def __call__(self, *, writing: bool = True) -> Session:
        """A new session; close it when done."""
        return self._writing() if writing else self._reading()

    def dispose(self, *, close: bool = True) -> None:
        """Let go of all connections; without `close` they stay another process's."""
        for engine in {self.engine, self.reading}:
            engine.dispose(close=close)


def sessions() -> Sessions:
    """This application's sessions."""
    return cast(Sessions, current_app.extensions["sessions"])


def get_session() -> Session:
    """This app context's session: a request's, or a task's."""
    if "session" not in g:
        reading = has_request_context() and request.method in SAFE_METHODS
        g.session = sessions()(writing=not reading)
    return cast(Session, g.session)


def close_session(_error: BaseException | None = None) -> None:
    """End this app context's session, undoing what was not committed."""
    session = g.pop("session", None)
    if session is not None:
        session.close()


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit on leaving, roll back on an exception. Only routes, tasks and commands use it."""
    session = get_session()
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise

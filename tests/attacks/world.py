"""A small Movement in which every text is hostile, with somebody of each role signed in.

Two of everything: the roles belong to Kenya and to the process "strategy"; Ghana and the process
"other" are another's. `World.restore` takes the database back to how it was arranged.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session
from werkzeug.test import TestResponse

from core.settings import Settings
from movement.identify import cookie_name
from tests.pages import form_with

OWN, OTHER = "KEN", "GHA"
NOBODY = "nobody"
Fields = Mapping[str, Any]


@dataclass
class World:
    """The application, everybody's sign-in token, and the ids that stand in addresses."""

    app: Flask
    folder: Path
    tokens: dict[str, str] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    csrf: dict[str, str] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    """What tests found out about the world as it was arranged, by a name of their own."""
    _watch: sqlite3.Connection | None = None
    _version: int = 0

    def client(self, who: str) -> FlaskClient:
        """The browser of the person of a role (`NOBODY`: not signed in), with its own token."""
        if who not in self.clients:
            client = self.app.test_client()
            if who in self.tokens:
                settings: Settings = self.app.config["SETTINGS"]
                client.set_cookie(cookie_name(settings), self.tokens[who])
            self.clients[who] = client
            page = client.get("/sign-in" if who == NOBODY else "/").text
            self.csrf[who] = form_with(page, "csrf_token").fields["csrf_token"][0]
        return self.clients[who]

    def ask(self, who: str, verb: str, path: str, **more: Any) -> TestResponse:
        """The answer to somebody's request, read and closed."""
        answer = self.client(who).open(path, method=verb, **more)
        answer.get_data()
        answer.close()
        return answer

    def get(self, who: str, path: str, **more: Any) -> TestResponse:
        """The page at a path, as somebody gets it."""
        return self.ask(who, "GET", path, **more)

    def send(self, who: str, path: str, fields: Fields | None = None, **more: Any) -> TestResponse:
        """A form sent by somebody with the token of their own page."""
        token = self.token(who, path)
        return self.ask(who, "POST", path, data={"csrf_token": token, **(fields or {})}, **more)

    def token(self, who: str, path: str) -> str:
        """The token of somebody's own page; the public pages' belongs to their own cookie."""
        client = self.client(who)
        if not path.startswith("/p/"):
            return self.csrf[who]
        page = client.get("/p/voices/resume").text
        return form_with(page, "csrf_token").fields["csrf_token"][0]

    def session(self) -> Session:
        """A session of the test's own; close it."""
        session: Session = self.app.extensions["sessions"]()
        return session

    @property
    def on_sqlite(self) -> bool:
        """Whether the database is a file, which can be taken back."""
        settings: Settings = self.app.config["SETTINGS"]
        return settings.database.startswith("sqlite")

    @property
    def _live(self) -> Path:
        return self.folder / "plenary.sqlite3"

    def keep(self) -> None:
        """Remember the database as it is now."""
        self._copy(self._live, self.folder / "kept.sqlite3")
        self._watch = sqlite3.connect(self._live)
        self._version = self._data_version()

    def restore(self) -> None:
        """The database as it was when it was kept; copied where anybody wrote since."""
        if self._data_version() != self._version:
            self._copy(self.folder / "kept.sqlite3", self._live)
            self._version = self._data_version()

    def close(self) -> None:
        """Let go of the database."""
        if self._watch is not None:
            self._watch.close()
        self.app.extensions["sessions"].dispose()

    def _data_version(self) -> int:
        """Another number after each commit of another connection."""
        assert self._watch is not None
        return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as two:
            two.execute("PRAGMA synchronous = OFF")  # nothing of it outlasts the test
            one.backup(two)

    def rows(self, *but: str) -> dict[str, list[Any]]:
        """All that the database holds, by table, some tables left out."""
        with closing(sqlite3.connect(self._live)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            names = sorted(name for (name,) in tables if name not in but)
            return {
                name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
                for name in names
            }

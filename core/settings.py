"""Every setting, typed, read once from the environment. A test compares the README's table."""

import secrets
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import AnyUrl, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
SECRET_BYTES = 32
VARIETY = 10  # different characters a random key surely has
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Environment(StrEnum):
    """Where the software runs: development offers one-click sign-in and the mail page."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class BadSettings(Exception):
    """The settings can't be used; the message is one sentence that says what to change."""


class Settings(BaseSettings):
    """The settings of one process; each field's description is its row of the README's table."""

    model_config = SettingsConfigDict(env_prefix="PLENARY_", frozen=True, extra="ignore")

    environment: Environment = Field(
        default=Environment.DEVELOPMENT, description="`development` or `production`"
    )
    data_dir: Path = Field(
        default=Path("var"),
        description="Folder of the SQLite database, exports, logs and local queue",
    )
    database_url: str = Field(
        default="",
        description="SQLAlchemy address; empty: SQLite in the data folder. "
        "Production: `postgresql://user:password@host/name`",
    )
    broker_url: str = Field(
        default="",
        description="Celery's broker; empty: files in the data folder. Production: "
        "`redis://host/0` (Valkey or Redis) or `amqp://host//` (RabbitMQ)",
    )
    smtp_url: str = Field(
        default="",
        description="`smtp://user:password@host:587` (STARTTLS where offered) or `smtps://…:465`; "
        "empty: mail is kept and shown on the page /mail (development only)",
    )
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        description="The public address, used in mailed links; other hosts are refused",
    )
    secret_key: str = Field(
        default="",
        description="At least 32 random characters; signs forms and cookies. Needed in production; "
        "development makes its own in the data folder",
    )
    mail_from: str = Field(default="Plenary <plenary@localhost>", description="Sender of all mail")
    trusted_proxies: int = Field(
        default=0, ge=0, le=5, description="How many reverse proxies in front set X-Forwarded-For"
    )
    requests_per_minute: int = Field(
        default=1200, ge=1, description="Requests one network address may send in a minute"
    )
    guesses_per_hour: int = Field(
        default=30, ge=1, description="Wrong sign-in links one network address may try in an hour"
    )
    links_per_hour: int = Field(
        default=5, ge=1, description="Sign-in links mailed to one person in an hour"
    )

    @field_validator("base_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        AnyUrl(value)
        return value.rstrip("/")

    @model_validator(mode="after")
    def _ready_for_production(self) -> Self:
        if self.environment is Environment.PRODUCTION:
            weak = len(self.secret_key) < SECRET_BYTES or len(set(self.secret_key)) < VARIETY
            if weak:
                raise ValueError(
                    "PLENARY_SECRET_KEY must be at least 32 random characters in production: "
                    "set it to the output of `openssl rand -hex 32`."
                )
            if urlsplit(self.base_url).scheme != "https":
                raise ValueError("PLENARY_BASE_URL must start with https:// in production.")
            if not self.smtp_url:
                raise ValueError("PLENARY_SMTP_URL must name a mail server in production.")
        return self

    @property
    def development(self) -> bool:
        """Whether this is a newcomer's or engineer's own machine."""
        return self.environment is Environment.DEVELOPMENT

    @property
    def demonstration_sign_in(self) -> bool:
        """One-click sign-in: in development, and only where the address is this machine's own."""
        return self.development and urlsplit(self.base_url).hostname in (
            "127.0.0.1",
            "localhost",
            "::1",
        )

    @property
    def secure(self) -> bool:
        """Whether pages travel over TLS, so that cookies can be bound to it."""
        return self.base_url.startswith("https://")

    @property
    def database(self) -> str:
        """The database's address for SQLAlchemy: psycopg 3 for PostgreSQL, a file by default."""
        if not self.database_url:
            return f"sqlite:///{(self.data_dir / 'plenary.sqlite3').resolve()}"
        scheme, rest = self.database_url.split(":", 1)
        return (
            f"postgresql+psycopg:{rest}"
            if scheme in ("postgres", "postgresql")
            else self.database_url
        )

    def trusted_hosts(self) -> list[str]:
        """The hosts a request may name."""
        host = urlsplit(self.base_url).hostname or "localhost"
        return [host, *LOOPBACK] if self.development else [host]

    def signing_key(self) -> str:
        """The secret, or development's own, made once and kept readable by its owner only."""
        if self.secret_key:
            return self.secret_key
        path = self.data_dir / "secret_key"
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_hex(SECRET_BYTES))
            with suppress(FileExistsError):  # another process was first: its key is the one to use
                path.hardlink_to(fresh)
            fresh.unlink()
        return path.read_text()


def load_settings() -> Settings:
    """Read the environment; raise `BadSettings` with one sentence when it can't be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        where = "PLENARY_" + str(first["loc"][0]).upper() + ": " if first["loc"] else ""
        raise BadSettings(where + str(first["msg"]).removeprefix("Value error, ")) from None

"""The one clock of services, tasks and commands, so that tests can move it."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment in UTC, with its zone."""
    return datetime.now(UTC)

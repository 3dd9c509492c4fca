"""The times that Word files carry."""

from datetime import datetime


def moment(text: str | None) -> datetime | None:
    """A time as the file says it; None where it says none. Word itself often gives no time zone."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None

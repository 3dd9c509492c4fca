"""Sentences in the language of the page, typed: imported as `_`, so that catalogues find them."""

from flask_babel import gettext


def say(message: str, **values: object) -> str:
    """The sentence in the current language, with its values."""
    return str(gettext(message, **values))

"""Placeholders in the texts of mails: `{title}` and the like, replaced by words, never evaluated.

Only a name of small letters in braces is a placeholder. Every other brace stands for itself, and
what a value brings along is not looked into again.
"""

import re
from collections.abc import Mapping

from core.errors import DomainError
from core.texts import lazy as _l

NAMES = ("organisation", "title", "deadline", "link", "days_left", "sender")
_PLACEHOLDER = re.compile(r"\{([^\W\d][\w.\[\]!:]*)\}")


class BadMessage(DomainError):
    """A text that can't be mailed; the message says what to change."""


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders replaced, in one pass; unknown ones stay as they are."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def unknown(text: str) -> list[str]:
    """What looks like a placeholder and isn't one, in order."""
    return [name for name in _PLACEHOLDER.findall(text) if name not in NAMES]


def check(subject: str, body: str) -> None:
    """Refuse, with `BadMessage`, a text that could not be mailed as its author means it."""
    if not subject.strip() or not body.strip():
        raise BadMessage(_l("Write a subject and a text."))
    if "\n" in subject or "\r" in subject:
        raise BadMessage(_l("The subject must be one line."))
    wrong = unknown(subject) + unknown(body)
    if wrong:
        raise BadMessage(
            _l(
                "{%(wrong)s} is no placeholder. There are: %(names)s.",
                wrong=wrong[0],
                names=", ".join(f"{{{name}}}" for name in NAMES),
            )
        )
    if "{link}" in subject:
        raise BadMessage(_l("The subject can't hold {link}."))
    lines = [line.strip() for line in body.splitlines() if "{link}" in line]
    if not lines:
        raise BadMessage(_l("The text needs {link}, on a line of its own."))
    if any(line != "{link}" for line in lines):
        raise BadMessage(_l("Put {link} on a line of its own."))

"""Mail addresses and names as they are typed. Plain rules: no database, no web."""

import re

from core.errors import DomainError
from core.texts import lazy as _l

LONGEST = 254
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)+{_LABEL}")
# What could become a link, or forge a header or a reading order, when a name stands in a mail.
_LINK = re.compile(r"\S*(?:://|www\.|@)\S*|\b(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class BadAddress(DomainError):
    """The text isn't a mail address; the message says what one looks like."""


def normal_address(typed: str) -> str:
    """The address in small letters, without blanks around it; raises `BadAddress`.

    Only the characters common to all mail servers pass: no control characters, quotes or
    comments, so that an address can't forge a header.
    """
    address = typed.strip(" ").lower()
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address):
        raise BadAddress(_l("Write the mail address as in name@example.org."))
    return address


def inert_name(name: str) -> str:
    """The name as it may stand in a mail: on one line, with nothing that would become a link."""
    return " ".join(_LINK.sub(" ", _INVISIBLE.sub(" ", name)).split())[:100]

"""References in texts, and what only looks like one: `${name}` and `${7*7}`."""

import re

NAME = r"[^\W\d][\w.-]*"
MENTION = re.compile(rf"\$\{{(\s*{NAME}\s*)(\}}?)")
"""What is meant as a reference: a name, and an empty second part where it isn't closed."""

_NO_REFERENCE = re.compile(rf"\$(?=\{{(?!{NAME}\}}))")
_APART = "$\u200b"


def apart(text: str) -> str:
    """The text with what is no reference kept from being taken for one, by a sign without width.

    `${7*7}` is a text here, while pyxform refuses a form in which it stands so.
    """
    return _NO_REFERENCE.sub(_APART, text) if "${" in text else text


def joined(text: str) -> str:
    """The text without what `apart` put in."""
    return text.replace(f"{_APART}{{", "${")

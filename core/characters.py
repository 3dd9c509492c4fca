"""Characters no text of ours may hold, whichever way it comes: forms, files, commands."""

import re

REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\ud800-\udfff]")
"""Control characters no keyboard types, marks that make text read in a false order, and halves of
characters, which no database takes. Arabic needs the isolates and the plain direction marks, so
those stay."""


def readable(name: str) -> str:
    """A name from elsewhere, as a file's, with a mark for each character that is refused."""
    return REFUSED.sub("\N{REPLACEMENT CHARACTER}", name)

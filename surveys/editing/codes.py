"""Codes made from texts: short, typable everywhere, and like no other in the questionnaire."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 32
WORDS = 5
USABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
"""What a spreadsheet form takes as a name."""
_SMALL = (
    "a an and are do does for has have how in is of on or the to what which you your "
    "la le les de des du et el los las y"
)
_SKIPPED = frozenset(_SMALL.split())


def code_from(text: str, taken: Collection[str], *, fallback: str) -> str:
    """A code that says what the text is about, in Latin letters.

    `taken`: the codes it must differ from. `fallback`: what it begins with where the text has no
    Latin letters; a number follows.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"\$\{[^}]*\}|'", "", plain))
    telling = [word for word in words if word not in _SKIPPED] or words
    code = "_".join(telling[:WORDS])[:LONGEST].rstrip("_")
    if not code:
        return free(f"{fallback}_1", taken)
    return free(code if code[0].isalpha() else f"{fallback}_{code}", taken)


def free(code: str, taken: Collection[str]) -> str:
    """The code, or where it is taken the next one: `name_2`, `name_3`."""
    if code not in taken:
        return code
    stem = re.sub(r"_\d+$", "", code)
    number = 2
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"

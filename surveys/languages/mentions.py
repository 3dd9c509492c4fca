"""Former answers inserted into a text: `${code}` must survive translation."""

import re

_MENTION = re.compile(r"\$\{\s*([^{}]+?)\s*\}")


def mentions(text: str) -> frozenset[str]:
    """The codes of the answers a text inserts."""
    return frozenset(_MENTION.findall(text))


def lost_and_added(source: str, translation: str) -> tuple[list[str], list[str]]:
    """What a translation doesn't insert though its source does, and what it inserts besides."""
    wanted, said = mentions(source), mentions(translation)
    return sorted(wanted - said), sorted(said - wanted)

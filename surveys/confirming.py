"""What a page says of unusual answers: which are right. Remembered with the answer it was said of.

Pure functions of answers and of what a page sent; it refuses to know which answers are unusual.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

DIGITS = 12


@dataclass(frozen=True)
class Said:
    """What a page was sent with.

    `offered`: the keys (`Place.key`) of the answers it asked about, with the mark of the answer
    shown; "" where the page's script asked about an answer as it was typed. `right`: the keys of
    those said to be right.
    """

    offered: Mapping[str, str]
    right: frozenset[str]


NOTHING_SAID = Said({}, frozenset())


def read_said(offered: Iterable[str], right: Iterable[str]) -> Said:
    """What a page's inputs say: of `offered`, a key and a mark parted by a space, or a key."""
    pairs = (one.partition(" ") for one in offered)
    return Said({key: mark for key, _space, mark in pairs}, frozenset(right))


def agreed(keys: Iterable[str]) -> Said:
    """What a page says that takes all these answers to be right."""
    given = frozenset(keys)
    return Said(dict.fromkeys(given, ""), given)


def confirmed_after(
    confirmed: Mapping[str, Any], answers: Mapping[str, Any], said: Said
) -> dict[str, Any]:
    """The confirmed answers by key after a page: what it didn't offer stays as it was.

    An answer that changed since the page was made is confirmed by nobody.
    """
    after = {key: held for key, held in confirmed.items() if key not in said.offered}
    for key in said.offered.keys() & said.right:
        held = answer_at(answers, key)
        if held is not None and said.offered[key] in {"", mark_of(held)}:
            after[key] = held
    return after


def answer_at(answers: Mapping[str, Any], key: str) -> Any:
    """The stored answer with a key such as CODE or REPEAT/ID/CODE; None where there is none."""
    code, _slash, inside = key.partition("/")
    held = answers.get(code)
    if not inside:
        return held
    item, _slash, rest = inside.partition("/")
    items = held if isinstance(held, list) else []
    found = next((one for one in items if isinstance(one, dict) and one.get("id") == item), None)
    return answer_at(found["answers"], rest) if found else None


def mark_of(stored: Any) -> str:
    """A few digits that differ between answers."""
    text = json.dumps(stored, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]

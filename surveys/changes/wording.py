"""Texts that became others, language by language."""

from collections.abc import Iterator
from uuid import UUID

from surveys.changes.change import Change, What
from surveys.definition import Texts


def reworded(
    what: What,
    texts: tuple[Texts, Texts],
    spoken: tuple[str, ...],
    *,
    code: str = "",
    part: str = "",
    uid: UUID | None = None,
) -> Iterator[Change]:
    """The change of a text from one to the other, if it differs in a language of `spoken`."""
    before, after = texts
    differing = tuple(one for one in spoken if before.get(one, "") != after.get(one, ""))
    if differing:
        was, now = ({one: of.get(one, "") for one in differing} for of in (before, after))
        yield Change(what, code, uid, part, differing, was, now)

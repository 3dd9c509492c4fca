"""What other packages let stand beside paragraphs: evidence for a text, and the way to add some.

Packages above register what they have; nothing here knows what a note is of.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from consult.models import Draft
from core.texts import Lazy
from movement.actors import Actor


@dataclass(frozen=True)
class Note:
    """Something that stands beside a paragraph.

    `kind`: the word for it; `words` in `language`; `source`: where it is from and of how many;
    `url`: a page or file of it, "" for none.
    """

    lineage: UUID
    kind: Lazy
    words: str
    language: str
    source: str = ""
    url: str = ""


Provider = Callable[[Session, Draft, Collection[UUID], Actor, str], Iterable[Note]]
"""Gives the notes on these paragraphs of a draft, for a reader and in a language."""
Way = Callable[[Draft, UUID, Actor], tuple[Lazy, str] | None]
"""Says how this person adds a note to a paragraph: a verb and an address; None: they don't."""

_PROVIDERS: list[Provider] = []
_WAYS: list[Way] = []


def register(provider: Provider, way: Way) -> None:
    """Let a package's notes stand beside paragraphs. Doing it again changes nothing."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)
        _WAYS.append(way)


def notes_on(
    session: Session, draft: Draft, lineages: Collection[UUID], actor: Actor, language: str
) -> dict[UUID, list[Note]]:
    """The notes on these paragraphs of a draft, as this person sees them."""
    found: dict[UUID, list[Note]] = defaultdict(list)
    for provider in _PROVIDERS:
        for note in provider(session, draft, lineages, actor, language):
            found[note.lineage].append(note)
    return found


def ways(draft: Draft, lineage: UUID, actor: Actor) -> list[tuple[Lazy, str]]:
    """What this person can add to a paragraph: verbs with addresses."""
    return [found for way in _WAYS if (found := way(draft, lineage, actor)) is not None]

"""What a pledge says, and what it may say: held by every way in which a pledge is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from consult.models import Draft
from consult.queries.consultations import document_of
from consult.text.document import BlockKind
from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l

LONGEST_TITLE, LONGEST_TEXT, LONGEST_FUNCTION = 200, 5_000, 300
MOST_PARAGRAPHS = 50


class BadPledge(DomainError):
    """What a pledge says won't do. `problems`: by field of `Words`, each a sentence."""

    status = 422

    def __init__(self, problems: Mapping[str, Lazy]) -> None:
        super().__init__(next(iter(problems.values())))
        self.problems = problems


@dataclass(frozen=True)
class Words:
    """What a pledge says. `titles`, `texts`: by language; those of `language` must be there.

    `from_date`: None where no day was given, which won't do.

    `focal_function`: whom to ask, as a function, never a person.
    """

    titles: Mapping[str, str]
    texts: Mapping[str, str]
    from_date: date | None
    until_date: date | None = None
    language: str = "en"
    lineages: tuple[UUID, ...] = field(default=())
    focal_function: str = ""
    open_to_others: bool = False


def problems_of(words: Words, draft: Draft) -> dict[str, Lazy]:
    """All that is wrong with what a pledge to this draft says, by field, in the fields' order."""
    titles, texts = kept(words.titles), kept(words.texts)
    found: dict[str, Lazy | None] = {
        "titles": _of_text(titles, words.language, LONGEST_TITLE, _l("Write a title.")),
        "texts": _of_text(texts, words.language, LONGEST_TEXT, _l("Write what you pledge.")),
        "lineages": _of_paragraphs(draft, words.lineages),
        "from_date": None if words.from_date else _l("Choose a date."),
        "until_date": _l("The last day is before the first one.") if _ends_early(words) else None,
        "focal_function": _of_length([words.focal_function.strip()], LONGEST_FUNCTION),
    }
    return {name: problem for name, problem in found.items() if problem is not None}


def _of_text(texts: Mapping[str, str], language: str, most: int, missing: Lazy) -> Lazy | None:
    return _of_length(texts.values(), most) if language in texts else missing


def _of_length(texts: Iterable[str], most: int) -> Lazy | None:
    long = any(len(text) > most for text in texts)
    return _l("Write at most %(most)s characters.", most=most) if long else None


def _ends_early(words: Words) -> bool:
    begins, ends = words.from_date, words.until_date
    return begins is not None and ends is not None and ends < begins


def _of_paragraphs(draft: Draft, lineages: tuple[UUID, ...]) -> Lazy | None:
    if not lineages or len(lineages) > MOST_PARAGRAPHS:
        return _l("Choose the paragraphs the pledge is about, at most 50.")
    document = document_of(draft)
    found = [document.find(lineage) for lineage in lineages]
    if any(block is None or block.kind is BlockKind.FOOTNOTE for block in found):
        return _l("The text has no such paragraph.")
    return None


def checked(words: Words, draft: Draft) -> date:
    """The first day of words that will do. Raises `BadPledge`."""
    problems = problems_of(words, draft)
    if problems or words.from_date is None:
        raise BadPledge(problems)
    return words.from_date


def kept(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts by language without those that say nothing."""
    stripped = {language: text.strip() for language, text in texts.items()}
    return {language: text for language, text in stripped.items() if text}

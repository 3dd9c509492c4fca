"""Of which text a Word file of ours was made: kept in its properties, which editors leave alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import DomainError
from core.texts import lazy as _l

CODE, DRAFTS, TEXTS, LANGUAGE = (
    f"Plenary{name}" for name in ("Consultation", "Drafts", "Texts", "Language")
)
DIGITS = 16
"""How much of a text's digest is kept: a property is short where people look at it."""


@dataclass(frozen=True)
class Origin:
    """The consultation, the drafts whose text a file holds by number and digest, the language."""

    consultation: str
    drafts: tuple[int, ...]
    texts: tuple[str, ...]
    language: str = ""

    @property
    def properties(self) -> dict[str, str]:
        """The file's properties."""
        return {
            CODE: self.consultation,
            DRAFTS: " ".join(map(str, self.drafts)),
            TEXTS: " ".join(text[:DIGITS] for text in self.texts),
            LANGUAGE: self.language,
        }


def refuse_other(properties: Mapping[str, str], wanted: Origin) -> None:
    """Raise `DomainError` for a file that was made of another text than the one wanted."""
    own = wanted.properties
    same = properties.get(CODE, own[CODE]) == own[CODE]
    if same and own[TEXTS] in properties.get(TEXTS, own[TEXTS]).split():
        return
    raise DomainError(
        _l(
            "This file was made of draft %(draft)s of %(code)s. Needed is one made of draft "
            "%(wanted)s of %(wanted_code)s: download it, and put the changes into it.",
            draft=properties.get(DRAFTS, ""), code=properties.get(CODE, ""),
            wanted=own[DRAFTS], wanted_code=own[CODE],
        )
    )  # fmt: skip

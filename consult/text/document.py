"""A draft as data: a frozen list of blocks in reading order, each in one or several languages.

The tree is given by kind and level: a block belongs to the nearest one above it of a lesser level.
Identity is the lineage; what is printed in the margin is a label, computed from all blocks.
"""

import hashlib
import json
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

MOST_BLOCKS = 2_000
LONGEST_TEXT = 20_000
MOST_LANGUAGES = 4
DEEPEST = 5
NUMBER = r"^(|•|(\{\.1\}|[^{}•]{0,20}\{[1aAiI]\})[^{}]{0,5})$"
"""A bullet, or a template in which {1} {a} {A} {i} {I} is the count; {.1}: with those above it."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
ONE_LINE = r"^[^\x00-\x08\x0a-\x1f\x7f\u202a-\u202e]*$"
"""A line without what `core.characters` refuses; a new line inside a text is another sign."""
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT, pattern=ONE_LINE)]


class BlockKind(StrEnum):
    """What a block is. Footnotes stand last, and are referred to from texts."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    FOOTNOTE = "footnote"


class Block(BaseModel):
    """One block. `level`: of a heading 1 to 6; of a paragraph its depth, 0 to 5.

    `number`: the template of its label (see `NUMBER`); `label`: a label fixed by hand instead;
    `start`: counting begins anew with this number. `texts`: inline markup by language.
    `made_from`: for each translation, the digest of the source text that it translates.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lineage: UUID
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = Field(default=0, ge=0, le=6)
    number: Annotated[str, StringConstraints(pattern=NUMBER, max_length=40)] = ""
    start: int | None = Field(default=None, ge=1, le=9_999)
    label: Annotated[str, StringConstraints(max_length=30, pattern=ONE_LINE)] = ""
    texts: dict[Language, Text] = Field(default_factory=dict)
    made_from: dict[Language, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _levels(self) -> Self:
        heading = self.kind is BlockKind.HEADING
        if heading != (self.level > 0) and (heading or self.kind is BlockKind.FOOTNOTE):
            raise ValueError("a heading's level is 1 to 6, a footnote has none")
        if not heading and self.level > DEEPEST:
            raise ValueError(f"a paragraph's depth is 0 to {DEEPEST}")
        return self

    @property
    def key(self) -> str:
        """What a footnote is called in the texts that refer to it."""
        return self.lineage.hex[:8]

    def stale(self, source: str, language: str) -> bool:
        """Whether the translation was made from another source text than the present one."""
        if language == source or not self.texts.get(language):
            return False
        return self.made_from.get(language) != digest_of(self.texts.get(source, ""))


class Document(BaseModel):
    """A whole draft. `languages`: at most four, the source first. Lineages occur once."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    source: Language
    languages: tuple[Language, ...]
    blocks: tuple[Block, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.languages or self.languages[0] != self.source:
            raise ValueError("the source language stands first")
        if len(set(self.languages)) != len(self.languages) or len(self.languages) > MOST_LANGUAGES:
            raise ValueError(f"at most {MOST_LANGUAGES} languages, each once")
        if len(self.blocks) > MOST_BLOCKS:
            raise ValueError(f"at most {MOST_BLOCKS} blocks")
        if len({block.lineage for block in self.blocks}) != len(self.blocks):
            raise ValueError("a lineage occurs twice")
        if len({block.key for block in self.footnotes()}) != len(list(self.footnotes())):
            raise ValueError("two footnotes have one key")
        return self

    @cached_property
    def at(self) -> dict[UUID, int]:
        """Where each lineage stands."""
        return {block.lineage: index for index, block in enumerate(self.blocks)}

    def find(self, lineage: UUID) -> Block | None:
        """The block of a lineage, or None."""
        index = self.at.get(lineage)
        return None if index is None else self.blocks[index]

    def footnotes(self) -> Iterator[Block]:
        """The footnotes, in the order they stand."""
        return (block for block in self.blocks if block.kind is BlockKind.FOOTNOTE)

    def section_of(self, lineage: UUID) -> Block | None:
        """The nearest heading above a block, itself if it is one; None before the first."""
        for block in reversed(self.blocks[: self.at[lineage] + 1]):
            if block.kind is BlockKind.HEADING:
                return block
        return None

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON: what a published draft's bytes are checked by."""
        return digest_of(canonical(self))


def canonical(model: BaseModel) -> str:
    """A model as JSON that is equal for equal content: keys sorted, nothing between."""
    data = model.model_dump(mode="json")
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()

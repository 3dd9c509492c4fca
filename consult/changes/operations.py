"""Operations: the closed list of what may be done between a draft and the next.

Each says which contributions are behind it, or in a note why it is editorial. They are stored as
JSON with the draft they make, and never change once it is published.
"""

from typing import Annotated, Literal
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from consult.text.document import NUMBER, Block, BlockKind, Language, Text

LONGEST_NOTE = 2_000
FORM = ("kind", "level", "number", "start", "label")
"""What relabelling gives a block."""


class _Operation(BaseModel):
    """What every operation has. `note`: why, where no contribution is behind it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID = Field(default_factory=uuid4)
    contributions: tuple[UUID, ...] = ()
    note: Annotated[str, StringConstraints(max_length=LONGEST_NOTE)] = ""

    @property
    def explained(self) -> bool:
        """Whether somebody can be told why."""
        return bool(self.contributions or self.note.strip())


class Replace(_Operation):
    """Other words in a paragraph, in these languages; the other languages keep theirs.

    In no language at all where contributions were answered and the words stand: the note says how.
    """

    op: Literal["replace"] = "replace"
    lineage: UUID
    texts: dict[Language, Text]


class Insert(_Operation):
    """A new block after another, or first of all."""

    op: Literal["insert"] = "insert"
    block: Block
    after: UUID | None = None


class Delete(_Operation):
    """A block taken out. What stood under it stays."""

    op: Literal["delete"] = "delete"
    lineage: UUID


class Split(_Operation):
    """One block becomes several in its place, each with an identity of its own."""

    op: Literal["split"] = "split"
    lineage: UUID
    into: tuple[Block, ...] = Field(min_length=2)


class Merge(_Operation):
    """Several blocks become one, in the place of the first, with an identity of its own."""

    op: Literal["merge"] = "merge"
    lineages: tuple[UUID, ...] = Field(min_length=2)
    into: Block


class Move(_Operation):
    """A block stands after another from now on, or first of all. What stood under it stays."""

    op: Literal["move"] = "move"
    lineage: UUID
    after: UUID | None = None


class Relabel(_Operation):
    """Another kind, depth, numbering or label of a block; its words stay."""

    op: Literal["relabel"] = "relabel"
    lineage: UUID
    kind: BlockKind
    level: int = Field(ge=0, le=6)
    number: Annotated[str, StringConstraints(pattern=NUMBER, max_length=40)] = ""
    start: int | None = Field(default=None, ge=1, le=9_999)
    label: Annotated[str, StringConstraints(max_length=30)] = ""


class Translate(_Operation):
    """A language added, or brought anew: what these paragraphs say in it. Nothing else changes."""

    op: Literal["translate"] = "translate"
    language: Language
    texts: dict[UUID, Text] = Field(min_length=1)


Operation = Annotated[
    Replace | Insert | Delete | Split | Merge | Move | Relabel | Translate,
    Field(discriminator="op"),
]
OPERATION: TypeAdapter[Operation] = TypeAdapter(Operation)


def touched(operation: Operation) -> tuple[UUID, ...]:
    """The lineages an operation changes or ends, without those it makes."""
    if isinstance(operation, Insert):
        return ()
    if isinstance(operation, Merge):
        return operation.lineages
    if isinstance(operation, Translate):
        return tuple(operation.texts)
    return (operation.lineage,)


def made(operation: Operation) -> tuple[Block, ...]:
    """The blocks an operation makes."""
    if isinstance(operation, Insert):
        return (operation.block,)
    if isinstance(operation, Split):
        return operation.into
    return (operation.into,) if isinstance(operation, Merge) else ()

"""Texts compared word by word: what was inserted, what deleted, in any script.

Words are compared with their marks: a word made bold is another word. Comparing is exact (the
longest common subsequence) and always gives the same result for the same two texts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import regex
from rapidfuzz.distance import Indel

# A word keeps its combining marks and inner apostrophes; digits keep their separators. Marks of
# ours (stars, references, links) are tokens of their own.
_TOKEN = regex.compile(
    r"\\[\\*\[\]]"
    r"|\[\^[0-9a-f]{8}\]"
    r"|\]\([^\s()<>]*\)"
    r"|\*\*|\*"
    r"|\p{N}+(?:[.,]\p{N}+)*"
    r"|[\p{L}\p{M}\p{N}_]+(?:['’‘ʼ‑\u00AD\u200C\u200D][\p{L}\p{M}\p{N}_]+)*"
    r"|\s+"
    r"|.",
    regex.DOTALL,
)
_NO_WORD = regex.compile(r"[\s\p{P}]*")
Kind = Literal["same", "insert", "delete"]


@dataclass(frozen=True)
class Edit:
    """Tokens `start` to `end` (excluded) of the text before, replaced by `tokens`."""

    start: int
    end: int
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of a redline: the text before has no insertions, the one after no deletions."""

    kind: Kind
    text: str


def tokens(text: str) -> list[str]:
    """Words, spaces and signs, which joined are the text again."""
    return _TOKEN.findall(text)


def words(text: str) -> int:
    """How many words a text has."""
    return sum(_NO_WORD.fullmatch(token) is None for token in tokens(text))


def edits(before: list[str], after: list[str]) -> list[Edit]:
    """The edits that lead from one list of tokens to the other, in order, apart from each other.

    Two changes with only spaces or signs between them are one: it reads better, and a rewritten
    stretch stays whole when it is merged with others' changes.
    """
    found: list[Edit] = []
    for code in Indel.opcodes(before, after):
        if code.tag == "equal":
            continue
        edit = Edit(code.src_start, code.src_end, tuple(after[code.dest_start : code.dest_end]))
        last = found[-1] if found else None
        between = before[last.end : edit.start] if last else []
        if last and _NO_WORD.fullmatch("".join(between)) and _rewritten(last, edit):
            joined = (*last.tokens, *between, *edit.tokens)
            found[-1] = Edit(last.start, edit.end, joined)
        else:
            found.append(edit)
    return found


def _rewritten(one: Edit, other: Edit) -> bool:
    """Whether two neighbouring edits replace words: deletions or insertions alone stay apart."""
    deletes = one.end > one.start or other.end > other.start
    return deletes and bool(one.tokens or other.tokens)


def redline(before: str, after: str) -> list[Piece]:
    """What leads from one text to the other, as pieces in reading order, deletions first."""
    old, at, pieces = tokens(before), 0, list[Piece]()
    for edit in edits(old, tokens(after)):
        pieces.append(Piece("same", "".join(old[at : edit.start])))
        pieces.append(Piece("delete", "".join(old[edit.start : edit.end])))
        pieces.append(Piece("insert", "".join(edit.tokens)))
        at = edit.end
    pieces.append(Piece("same", "".join(old[at:])))
    return [piece for piece in pieces if piece.text]


def changed_words(pieces: Iterable[Piece]) -> tuple[int, int]:
    """How many words a redline inserts, and how many it deletes."""
    counts = {"insert": 0, "delete": 0, "same": 0}
    for piece in pieces:
        counts[piece.kind] += words(piece.text)
    return counts["insert"], counts["delete"]


def likeness(one: str, other: str) -> float:
    """How much two texts have in common, word by word: 0 nothing, 1 everything."""
    return float(Indel.normalized_similarity(tokens(one), tokens(other)))

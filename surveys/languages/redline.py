"""What changed between two wordings, word by word. Bounded: very long texts are told as a whole."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 3_000
# Chinese and Japanese part no words by spaces: there a sign is a word.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A stretch of text: "same", "gone" from the former, or "new" in the present one."""

    kind: str
    text: str


def redline(before: str, after: str) -> list[Piece]:
    """The pieces that make `before` of what is same and gone, and `after` of same and new."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return [Piece(kind, text) for kind, text in (("gone", before), ("new", after)) if text]
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        gone, came = "".join(old[a:b]), "".join(new[c:d])
        pieces += [Piece(kind, text) for kind, text in (("gone", gone), ("new", came)) if text]
    return pieces

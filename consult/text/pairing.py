"""Paragraphs of two texts matched: equal ones first, then the most alike, in their order.

Knows texts only. Identity that a file itself carries (bookmarks) is the caller's to use first.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from consult.text.words import tokens

ALIKE = 0.5
"""From this share of words in common on, two paragraphs are taken for one."""
SURELY = 0.75
"""From this share on, wherever they stand."""
_MOST_PAIRS = 40_000


def matched(before: Sequence[str], after: Sequence[str], *, alike: float = ALIKE) -> dict[int, int]:
    """Which text of `after` continues which of `before`: place there to place here.

    Equal texts in order come first, then similar ones between them, then equal and very similar
    ones out of order.
    """
    pairs: dict[int, int] = {}
    done_before = done_after = 0
    for code in Indel.opcodes(list(before), list(after)):
        if code.tag == "equal":
            gap = range(done_before, code.src_start), range(done_after, code.dest_start)
            pairs.update(_similar(before, after, gap, alike))
            length = code.src_end - code.src_start
            pairs.update((code.src_start + n, code.dest_start + n) for n in range(length))
            done_before, done_after = code.src_end, code.dest_end
    gap = range(done_before, len(before)), range(done_after, len(after))
    pairs.update(_similar(before, after, gap, alike))
    pairs.update(_moved(before, after, pairs))
    return pairs


def similarity(one: str, other: str) -> float:
    """The share of words two texts have in common in order, 0 to 1."""
    return Indel.normalized_similarity(_words(one), _words(other))


def _words(text: str) -> list[str]:
    """A text's words; its signs where it has none. A full stop in common makes nothing alike."""
    found = [token for token in tokens(text.casefold()) if not token.isspace()]
    return [token for token in found if any(map(str.isalnum, token))] or found


def _similar(
    before: Sequence[str], after: Sequence[str], gap: tuple[range, range], alike: float
) -> Iterator[tuple[int, int]]:
    """The pairs that together are most alike, none crossing another."""
    rows, columns = gap
    if not rows or not columns:
        return
    reach = max(_MOST_PAIRS // len(rows), 5)
    scores = _scores(before, after, gap, reach, alike)
    best = _best(scores, len(rows), len(columns))
    row = column = 0
    while row < len(rows) and column < len(columns):
        score = scores.get((row, column), 0.0)
        if score and best[row][column] == score + best[row + 1][column + 1]:
            yield rows[row], columns[column]
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1


def _scores(
    before: Sequence[str],
    after: Sequence[str],
    gap: tuple[range, range],
    reach: int,
    alike: float,
) -> dict[tuple[int, int], float]:
    """The pairs alike enough. In a very long gap only near ones are compared, so that it ends."""
    earlier = [_words(before[at]) for at in gap[0]]
    later = [_words(after[at]) for at in gap[1]]
    found = {}
    for row, one in enumerate(earlier):
        middle = row * len(later) // len(earlier)
        for column in range(max(middle - reach, 0), min(middle + reach + 1, len(later))):
            score = Indel.normalized_similarity(one, later[column], score_cutoff=alike)
            if score:
                found[row, column] = score
    return found


def _best(scores: dict[tuple[int, int], float], rows: int, columns: int) -> list[list[float]]:
    """The largest sum of scores that is left from each pair of places on."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            both = scores.get((row, column), 0.0)
            taken = both + best[row + 1][column + 1] if both else 0.0
            best[row][column] = max(taken, best[row + 1][column], best[row][column + 1])
    return best


def _moved(
    before: Sequence[str], after: Sequence[str], pairs: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Texts that stand elsewhere now: equal ones, then those with nearly all words in common."""
    free = {at: text for at, text in enumerate(after) if at not in set(pairs.values()) and text}
    left = {at: text for at, text in enumerate(before) if at not in pairs and text}
    places = defaultdict(list)
    for at, text in free.items():
        places[text].append(at)
    for at, text in list(left.items()):
        if places[text]:
            there = places[text].pop(0)
            yield at, there
            del left[at], free[there]
    if len(left) * len(free) > _MOST_PAIRS:
        return
    words = {there: _words(text) for there, text in free.items()}
    for at, text in left.items():
        own = _words(text)
        score, there = max(
            ((Indel.normalized_similarity(own, other), -there) for there, other in words.items()),
            default=(0.0, 0),
        )
        if score >= SURELY:
            yield at, -there
            del words[-there]

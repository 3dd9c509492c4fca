"""Which paragraph of one text became several of another, by their words.

Read the other way round it tells which paragraphs were merged into one. Functions of plain texts.
"""

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import Indel

from consult.text.words import tokens

SAME = 0.8
"""From this share of words in common on, several paragraphs together are taken for one."""
_BETTER = 0.1
_MOST_PARTS = 6


def divisions(
    wholes: Sequence[str], parts: Sequence[str], pairs: Mapping[int, int], may_join: Sequence[str]
) -> dict[int, range]:
    """For each whole that was divided: the places of its parts, at least two, side by side.

    `pairs`: which part continues which whole, place by place; other parts are free. `may_join`: a
    sort for each part; only parts of one sort, and not of "", belong together.
    """
    taken = set(pairs.values())
    found: dict[int, range] = {}
    for at, whole in enumerate(wholes):
        words = _words(whole)
        best: tuple[float, range] | None = None
        for run in _runs(at, pairs, taken, may_join):
            score = _likeness(words, parts, run)
            if best is None or score > best[0]:
                best = score, run
        if best is None or best[0] < SAME:
            continue
        alone = _likeness(words, parts, range(pairs[at], pairs[at] + 1)) if at in pairs else 0.0
        if best[0] >= alone + _BETTER:
            found[at] = best[1]
            taken.update(best[1])
    return found


def _runs(
    at: int, pairs: Mapping[int, int], taken: set[int], sorts: Sequence[str]
) -> Iterator[range]:
    """The stretches of free parts that may be one whole: with its own part, or in its place."""
    if at in pairs:
        low, high = _stretch(pairs[at], pairs[at] + 1, taken, sorts)
    else:
        before = max((pairs[one] for one in pairs if one < at), default=-1)
        if before + 1 >= len(sorts) or before + 1 in taken:
            return
        low, high = _stretch(before + 1, before + 2, taken, sorts)
    for start in range(low, high - 1):
        for end in range(start + 2, min(high, start + _MOST_PARTS) + 1):
            run = range(start, end)
            if (at not in pairs or pairs[at] in run) and len({sorts[one] for one in run}) == 1:
                yield run


def _stretch(low: int, high: int, taken: set[int], sorts: Sequence[str]) -> tuple[int, int]:
    """As far as parts are free to both sides, within reach."""
    if not sorts[low]:
        return low, low
    first, last = max(low - _MOST_PARTS, 0), min(high + _MOST_PARTS, len(sorts))
    while low > first and low - 1 not in taken and sorts[low - 1]:
        low -= 1
    while high < last and high not in taken and sorts[high]:
        high += 1
    return low, high


def _likeness(words: list[str], parts: Sequence[str], run: range) -> float:
    joined = [word for at in run for word in _words(parts[at])]
    return float(Indel.normalized_similarity(words, joined)) if words and joined else 0.0


def _words(text: str) -> list[str]:
    return [token for token in tokens(text.casefold()) if not token.isspace()]

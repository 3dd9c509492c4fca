"""A redline of texts with marks: stretches of runs that stay, come or go.

Words are compared with their marks, which are carried through the comparison beside each word, so
that no stretch ever begins or ends inside a mark.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consult.text.inline import Run, joined, parse
from consult.text.words import Kind, edits, tokens

_MARK = "\ue000"
"""Stands between a word and its marks while texts are compared. No draft holds it."""


@dataclass(frozen=True)
class Stretch:
    """Runs that are the same in both texts, inserted or deleted."""

    kind: Kind
    runs: tuple[Run, ...]


def redlined(before: str, after: str) -> list[Stretch]:
    """What leads from one text to the other in reading order, deletions first."""
    known: dict[str, Run] = {}
    old, new = _words(before, known), _words(after, known)
    at, found = 0, list[Stretch]()
    for edit in edits(old, new):
        found.append(_stretch("same", old[at : edit.start], known))
        found.append(_stretch("delete", old[edit.start : edit.end], known))
        found.append(_stretch("insert", edit.tokens, known))
        at = edit.end
    found.append(_stretch("same", old[at:], known))
    return [stretch for stretch in found if stretch.runs]


def _words(text: str, known: dict[str, Run]) -> list[str]:
    """The words of a text, each with its marks behind it where it has any."""
    return [word for run in parse(text) for word in _of_run(run, known)]


def _of_run(run: Run, known: dict[str, Run]) -> Iterator[str]:
    marks = f"{_MARK}{run.bold:d}{run.italic:d}{run.href}"
    if run.note:
        yield _kept(f"[^{run.note}]{marks}", run, known)
        return
    ending = marks if run.bold or run.italic or run.href else ""
    for word in tokens(run.text):
        yield _kept(f"{word}{ending}", Run(word, run.bold, run.italic, run.href), known)


def _kept(key: str, run: Run, known: dict[str, Run]) -> str:
    known[key] = run
    return key


def _stretch(kind: Kind, words: Iterable[str], known: dict[str, Run]) -> Stretch:
    return Stretch(kind, joined(known[word] for word in words))

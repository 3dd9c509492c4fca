"""A redline of texts with marks: stretches of runs that stay, come or go.

Words are compared with their marks, which are carried through the comparison beside each word, so
that no stretch ever begins or ends inside a mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from consult.text.inline import Run, parse
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
        found.append(_stretch("insert", list(edit.tokens), known))
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
    ending = "" if replace(run, text="") == Run("") else marks
    for word in tokens(run.text):
        yield _kept(f"{word}{ending}", replace(run, text=word), known)


def _kept(key: str, run: Run, known: dict[str, Run]) -> str:
    known[key] = run
    return key


def _stretch(kind: Kind, words: list[str], known: dict[str, Run]) -> Stretch:
    runs: list[Run] = []
    for word in words:
        run = known[word]
        last = runs[-1] if runs else None
        if last and not (last.note or run.note) and replace(last, text=run.text) == run:
            runs[-1] = replace(last, text=last.text + run.text)
        else:
            runs.append(run)
    return Stretch(kind, tuple(runs))

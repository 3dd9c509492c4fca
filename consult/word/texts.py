"""Runs of a Word file as a paragraph's text in our inline markup."""

from collections.abc import Callable, Iterable

import regex

from consult.text.inline import BREAK, LINK, Run, canonical, render
from consult.word.contents import Mark, Note, Paragraph
from consult.word.contents import Run as WordRun
from core.characters import REFUSED

Named = Callable[[Note], str]
"""The key of a footnote's block for a note of the file; "" for one that is left out."""
LINKED = regex.compile(LINK)
"""What an address of a link may be."""
_LONGEST_SIGN = 4


def markup(paragraph: Paragraph, named: Named) -> str:
    """A paragraph's text in canonical inline markup. Tabs become spaces, false order goes."""
    return canonical(render(_runs(paragraph.runs, named)))


def joined(paragraphs: Iterable[Paragraph], named: Named) -> str:
    """Several paragraphs as one text, a line each; without what is empty."""
    texts = (markup(paragraph, named) for paragraph in paragraphs)
    return canonical(BREAK.join(text for text in texts if text))


def clean(text: str) -> str:
    """Words of a file as a text of ours may hold them."""
    return REFUSED.sub("", text.replace("\t", " "))


def one_line(text: str) -> str:
    """Words of a file as a label may hold them: in Word one may go on in a second line."""
    return " ".join(clean(" ".join(text.split())).split())


def _runs(runs: Iterable[WordRun], named: Named) -> Iterable[Run]:
    marked = False
    for run in runs:
        if run.note is not None:
            marked = run.note.marked
            if key := named(run.note):
                yield Run("", note=key)
        elif marked and len(run.text.strip()) <= _LONGEST_SIGN:
            marked = False  # the sign typed for a note, which gets a number of ours
        else:
            yield _run(run)


def _run(run: WordRun) -> Run:
    href = run.href if LINKED.fullmatch(run.href) else ""
    return Run(clean(run.text), Mark.BOLD in run.marks, Mark.ITALIC in run.marks, href)


def beginning(text: str, length: int = 40) -> str:
    """The first words of a text, to say where something is."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip() + " …"

r"""Inline marks in texts: `**bold**`, `*italic*`, `[text](address)`, `[^key]`; a backslash escapes.

Anything that can't be read as a mark is plain text, so that nobody can type something wrong.
`render(parse(text))` is the canonical form, which all stored texts have.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

BOLD, ITALIC = "bold", "italic"
LINK = r"https?://[^\s()<>]{1,500}|mailto:[^\s()<>]{3,300}"
BREAK = "\u2028"
"""A new line inside a paragraph."""
_PART = re.compile(
    r"\\(?P<escaped>[\\*\[\]])"
    r"|\[\^(?P<note>[0-9a-f]{8})\]"
    rf"|\[(?P<linked>(?:\\[\\*\[\]]|[^\[\]\\*]){{1,500}})\]\((?P<href>{LINK})\)"
    r"|(?P<stars>\*+)"
)
_LINKED = re.compile(r"\\(?P<escaped>.)|[^\\]+")
_SPECIAL = re.compile(r"[\\*\[\]]")
_MISTAKABLE = re.compile(r"\\(?=[\\*\[\]]|$)|(?<!\s)\*|\*(?!\s)|\[(?=\^|.*\]\()")
"""What in a plain text would be read as a mark. A star between spaces is one to nobody."""


@dataclass(frozen=True)
class Run:
    """A stretch of text with the same marks. `note`: a footnote's key, and then no text."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    note: str = ""


class _Stars:
    """One or two stars: a mark if they find a partner, else text. `runs`: how many stand before."""

    def __init__(self, length: int, runs: int) -> None:
        self.length, self.runs = length, runs
        self.closes: _Stars | None = None
        self.opens = False


def parse(text: str) -> tuple[Run, ...]:
    """The runs of a text; stars that have no partner are text."""
    return joined(run for run, _start in placed(text))


def placed(text: str) -> Iterator[tuple[Run, int]]:
    """The runs of a text before neighbours are made one, each with where it stands in the text.

    The n-th character of a run stands n places after its first one, or after the backslash of the
    only one it has.
    """
    atoms: list[Run | _Stars] = []
    starts: list[int] = []
    opened: list[_Stars] = []
    runs: list[Run] = []
    for start, atom in _atoms(text):
        if isinstance(atom, Run):
            atoms.append(atom)
            runs.append(atom)
        else:
            atoms += _turn(runs, opened, atom)
        at = start
        for one in atoms[len(starts) :]:
            starts.append(at)
            at += one.length if isinstance(one, _Stars) else 0
    return zip(_marked(atoms), starts, strict=True)


def _atoms(text: str) -> Iterator[tuple[int, Run | int]]:
    """Runs without marks, and how many stars stand between them; each with where it begins."""
    done = 0
    for match in _PART.finditer(text):
        if match.start() > done:
            yield done, Run(text[done : match.start()])
        done, start = match.end(), match.start()
        if match["escaped"]:
            yield start, Run(match["escaped"])
        elif match["note"]:
            yield start, Run("", note=match["note"])
        elif match["href"]:
            for part in _LINKED.finditer(match["linked"]):
                yield (
                    match.start("linked") + part.start(),
                    Run(part["escaped"] or part[0], href=match["href"]),
                )
        elif _alone(text, match):
            yield start, Run(match["stars"])
        else:
            yield start, len(match["stars"])
    if done < len(text):
        yield done, Run(text[done:])


def _alone(text: str, match: re.Match[str]) -> bool:
    around = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return len(match["stars"]) == 1 and all(one.isspace() for one in around)


def _turn(runs: list[Run], opened: list[_Stars], stars: int) -> Iterator[_Stars]:
    """Close what is open, innermost first, as far as these stars reach; open with what is left."""
    while stars:
        partner = next(
            (one for one in reversed(opened) if one.length <= stars and _encloses(runs, one)), None
        )
        mark = _Stars(partner.length if partner else min(stars, 2), len(runs))
        if partner:
            del opened[opened.index(partner) :]
            mark.closes, partner.opens = partner, True
        elif not any(one.length == mark.length for one in opened):
            opened.append(mark)
        yield mark
        stars -= mark.length


def _encloses(runs: list[Run], stars: _Stars) -> bool:
    """Whether marks may stand around what came since: it doesn't begin or end with a space."""
    if stars.runs == len(runs):
        return False
    first, last = runs[stars.runs].text or "x", runs[-1].text or "x"
    return not first[0].isspace() and not last[-1].isspace()


def _marked(atoms: list[Run | _Stars]) -> Iterator[Run]:
    """A run for each: an empty one for stars that are marks."""
    bold = italic = False
    for atom in atoms:
        if isinstance(atom, Run):
            yield replace(atom, bold=bold, italic=italic) if bold or italic else atom
        elif atom.closes is None and not atom.opens:
            yield Run("*" * atom.length, bold, italic)
        else:
            if atom.length == len("**"):
                bold = atom.opens
            else:
                italic = atom.opens
            yield Run("")


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with neighbours of the same marks made one, and empty ones left out."""
    result: list[Run] = []
    texts: list[str] = []
    marks: object = None
    for run in runs:
        if not run.text and not run.note:
            continue
        own = (run.bold, run.italic, run.href)
        if result and own == marks and not run.note and not result[-1].note:
            texts.append(run.text)
            continue
        result = _closed(result, texts)
        result.append(run)
        texts, marks = [run.text], own
    return tuple(_closed(result, texts))


def _closed(result: list[Run], texts: list[str]) -> list[Run]:
    """The runs with the last one's texts put together."""
    if len(texts) > 1:
        result[-1] = replace(result[-1], text="".join(texts))
    return result


def render(runs: Iterable[Run]) -> str:
    """The canonical text of these runs. Marks never begin or end at a space."""
    out: list[str] = []
    bold = italic = False
    for run in _without_marked_spaces(joined(runs)):
        if (run.bold, run.italic) != (bold, italic):
            out.append(_turned(bold, italic, run))
            bold, italic = run.bold, run.italic
        out.append(_written(run))
    return "".join(out) + _turned(bold, italic, Run(""))


def _without_marked_spaces(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Spaces at a mark's edge are unmarked: `*word *` could not be read again."""
    parts: list[Run] = []
    for run in runs:
        if run.note or not (run.bold or run.italic or run.href):
            parts.append(run)
            continue
        core = run.text.strip()
        before = run.text[: len(run.text) - len(run.text.lstrip())]
        after = run.text[len(before) + len(core) :]
        parts += [Run(before), replace(run, text=core), Run(after)]
    return joined(parts)


def _turned(bold: bool, italic: bool, run: Run) -> str:  # noqa: FBT001 - the marks before
    """The stars that lead from these marks to the run's: close inside out, open outside in."""
    text = ""
    if italic and (not run.italic or bold != run.bold):
        text, italic = "*", False
    if bold != run.bold:
        text += "**"
    return text + ("*" if run.italic and not italic else "")


def _written(run: Run) -> str:
    if run.note:
        return f"[^{run.note}]"
    if run.href:
        text = _SPECIAL.sub(r"\\\g<0>", run.text)
        return f"[{text}]({run.href})"
    return _MISTAKABLE.sub(r"\\\g<0>", run.text)


def canonical(text: str) -> str:
    """The form in which a typed text is stored."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().replace("\n", BREAK)
    return render(_trimmed(_without_marked_spaces(parse(lines))))


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs without spaces at the beginning and the end, also such as marks stood around."""
    kept = list(runs)
    while kept and not kept[0].note and not kept[0].text.strip():
        del kept[0]
    while kept and not kept[-1].note and not kept[-1].text.strip():
        del kept[-1]
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


@lru_cache(maxsize=8_192)
def plain(text: str) -> str:
    """The text without marks and references."""
    return "".join(run.text for run in parse(text))


def notes(text: str) -> list[str]:
    """The keys of the footnotes it refers to, in order."""
    return [run.note for run in parse(text) if run.note] if "[^" in text else []

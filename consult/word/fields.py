"""Fields: a code that Word works out, and the result it showed last. The result is the text.

Fields nest and run over paragraphs. A beginning without an end hides nothing, and an end without
a beginning ends nothing: half a field is what rejecting half of one leaves.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consult.word.contents import FieldPart, Run

_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)


_LONGEST_CODE = 4_000


@dataclass
class _Open:
    """A field that has begun; `code` until its result begins.

    `hidden`: this or one around it is still code; `href`: of the link it is, or is in.
    """

    around: "_Open | None"
    code: str = ""
    hidden: bool = True
    href: str = ""

    def add(self, code: str) -> None:
        """More of its code; no code is ever so long that the rest says where a link leads."""
        self.code += code[: _LONGEST_CODE - len(self.code)]

    def separate(self) -> None:
        """Its result begins."""
        found = _LINK.match(self.code)
        self.hidden = self.around is not None and self.around.hidden
        self.href = found[1] if found else self.around.href if self.around else ""


def results(rows: Sequence[Sequence[Run]]) -> list[list[Run]]:
    """The runs of a story's paragraphs, without the fields' code. Links of fields become links."""
    whole = _whole(run for row in rows for run in row)
    open_: list[_Open] = []
    place = 0
    found = []
    for row in rows:
        kept = []
        for run in row:
            if run.field is None:
                if not open_ or not open_[-1].hidden:
                    kept.append(_linked(run, open_))
            elif run.field is FieldPart.CODE:
                if open_:
                    open_[-1].add(run.text)
            elif place in whole:
                _step(open_, run.field)
            place += 1
        found.append(kept)
    return found


def _step(open_: list[_Open], part: FieldPart) -> None:
    if part is FieldPart.BEGIN:
        open_.append(_Open(open_[-1] if open_ else None))
    elif part is FieldPart.SEPARATE:
        open_[-1].separate()
    else:
        open_.pop()


def _linked(run: Run, open_: list[_Open]) -> Run:
    href = run.href or (open_[-1].href if open_ else "")
    return replace(run, href=href) if href != run.href else run


def _whole(runs: Iterator[Run]) -> set[int]:
    """The places of the parts of fields that have both a beginning and an end."""
    open_: list[list[int]] = []
    found: set[int] = set()
    for place, run in enumerate(runs):
        if run.field is FieldPart.BEGIN:
            open_.append([place])
        elif run.field is FieldPart.SEPARATE and open_:
            open_[-1].append(place)
        elif run.field is FieldPart.END and open_:
            found.update(open_.pop(), (place,))
    return found

"""Drafts as Markdown and back: one paragraph a line, four spaces a level.

`# ` to `###### ` are headings; `1.`, `(a)`, `(i)` and `-` number a paragraph; `[^key]: ` is a
footnote. Digits written are not kept: counting is computed. In braces before a text stand a fixed
label `{= 3 bis}`, a count to begin with `{start 5}` and other templates `{number article {1}}`;
what follows `{text}` is text, whatever it looks like. `<!-- lineage: … -->` on a line by itself
gives the next block's identity. A new line inside a paragraph is the sign U+2028.
"""

import re
from uuid import UUID, uuid4

from pydantic import ValidationError

from consult.text.document import DEEPEST, LONGEST_TEXT, MOST_BLOCKS, Block, BlockKind, Document
from consult.text.inline import canonical
from consult.text.labels import BULLET, labels
from core.characters import REFUSED
from core.errors import DomainError
from core.texts import Lazy
from core.texts import lazy as _l

INDENT = 4
_LONGEST_MARKS = 1_000
_MOST_DIGITS = 6
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_FOOTNOTE = re.compile(r"\[\^([A-Za-z0-9_-]{1,40})\]:\s*(.*)")
_REFERENCE = re.compile(r"\[\^([A-Za-z0-9_-]{1,40})\]")
_LINEAGE = re.compile(
    r"<!--\s*lineage:\s*([0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12})\s*-->"
)
_TEXT = "{text}"
_BRACES = re.compile(r"\{(=|start|number)\s+(?=\S)((?:[^{}]|\{[^{}]*\})*)\}\s*")
_MARKERS = (
    ("•", re.compile(r"[-•*]\s+")),
    ("{1}.", re.compile(r"\d{1,4}\.\s+")),
    ("{1})", re.compile(r"\d{1,4}\)\s+")),
    ("({i})", re.compile(r"\((?=[ivx]+\))(?:i|ii|iii|iv|vi{0,3}|ix|xi{0,3}|xiv|xvi{0,3})\)\s+")),
    ("({a})", re.compile(r"\([a-z]{1,3}\)\s+")),
    ("({1})", re.compile(r"\(\d{1,4}\)\s+")),
)
_WRITTEN = {"•": "- ", "{1}.": "{1}. ", "{1})": "{1}) ", "({i})": "({i}) ", "({a})": "({a}) ",
            "({1})": "({1}) "}  # fmt: skip


def read(text: str, language: str) -> Document:
    """The draft that a Markdown text says, in one language.

    Raises `DomainError`, naming the line, for what can't be one: a tab, a level out of reach.
    """
    reader = _Reader(language)
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if line.strip():
            _check(number, line)
            reader.take(number, line)
    return reader.document()


def _check(number: int, line: str) -> None:
    """Refuse what no paragraph may hold, before any work is done on it."""
    if len(line) > LONGEST_TEXT + _LONGEST_MARKS:
        raise DomainError(_too_long(number))
    if REFUSED.search(line):
        raise DomainError(
            _l("Line %(line)s holds invisible control characters. Take them out.", line=number)
        )


def _too_long(number: int) -> Lazy:
    return _l("Line %(line)s is longer than %(most)s characters. Divide it.",
              line=number, most=LONGEST_TEXT)  # fmt: skip


class _Reader:
    """Lines on their way to a draft. Texts stay as written until all footnotes' keys are known."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.blocks: list[Block] = []
        self.lines: list[int] = []
        self.keys: dict[str, str] = {}
        self.given: UUID | None = None

    def take(self, number: int, line: str) -> None:
        """One line that isn't empty: a block, or the identity of the next."""
        if identity := _LINEAGE.fullmatch(line.strip()):
            self.given = UUID(identity[1])
            return
        lineage, self.given = self.given or uuid4(), None
        body = line.strip()
        if heading := _HEADING.fullmatch(body):
            kind, level, body = BlockKind.HEADING, len(heading[1]), heading[2]
        elif footnote := _FOOTNOTE.fullmatch(body):
            kind, level, body = BlockKind.FOOTNOTE, 0, footnote[2]
            self.keys[footnote[1]] = lineage.hex[:8]
        else:
            kind, level = BlockKind.PARAGRAPH, self.depth(number, line)
        template, start, label, body = _numbered(body, kind)
        self.add(number, lineage=lineage, kind=kind, level=level, number=template, start=start,
                 label=label, texts={self.language: body})  # fmt: skip

    def add(self, line: int, **values: object) -> None:
        """A block with these values, if it can be one."""
        if len(self.blocks) >= MOST_BLOCKS:
            raise DomainError(_l("This file has more than %(most)s paragraphs.", most=MOST_BLOCKS))
        try:
            self.blocks.append(Block.model_validate(values))
        except ValidationError as error:
            raise DomainError(
                _l("Line %(line)s can't be read: look at its label, its numbering and its length.",
                   line=line)
            ) from error  # fmt: skip
        self.lines.append(line)

    def depth(self, number: int, line: str) -> int:
        """How deep a paragraph is set in. Refuses tabs, and what has nothing to stand under."""
        before = line[: len(line) - len(line.lstrip())]
        if "\t" in before:
            raise DomainError(_l("Line %(line)s begins with a tab: use four spaces.", line=number))
        level = len(before) // INDENT
        above = next((b.level for b in reversed(self.blocks) if b.kind is BlockKind.PARAGRAPH), 0)
        if level > min(above + 1, DEEPEST):
            raise DomainError(
                _l(
                    "Line %(line)s is set in too far: at most four spaces more than the paragraph "
                    "above it, and five levels in all.",
                    line=number,
                )
            )
        return level

    def document(self) -> Document:
        """All blocks, references to footnotes by the keys these have got."""
        if len({block.lineage for block in self.blocks}) != len(self.blocks):
            raise DomainError(_l("Two paragraphs of this file have the same identity."))
        return Document(
            source=self.language,
            languages=(self.language,),
            blocks=tuple(block.model_copy(update={"texts": self.texts(line, block)})
                         for line, block in zip(self.lines, self.blocks, strict=True)),
        )  # fmt: skip

    def texts(self, line: int, block: Block) -> dict[str, str]:
        """A block's text in its canonical form, which may be longer than what was written."""

        def named(match: re.Match[str]) -> str:
            return f"[^{self.keys.get(match[1], match[1])}]"

        text = canonical(_REFERENCE.sub(named, block.texts[self.language]))
        if len(text) > LONGEST_TEXT:
            raise DomainError(_too_long(line))
        return {self.language: text}


def _numbered(body: str, kind: BlockKind) -> tuple[str, int | None, str, str]:
    """What stands before a text: template, first count, fixed label; and the text itself."""
    template, start, label = "", None, ""
    if kind is not BlockKind.FOOTNOTE:
        for candidate, marker in _MARKERS:
            if kind is BlockKind.PARAGRAPH and (found := marker.match(body)):
                template, body = candidate, body[found.end() :]
                break
    while not body.startswith(_TEXT) and (found := _BRACES.match(body)):
        body = body[found.end() :]
        if found[1] == "=":
            label = found[2].strip()
        elif found[1] == "number":
            template = found[2].strip()
        elif (digits := found[2].strip()).isdecimal():
            start = int(digits[:_MOST_DIGITS])
    return template, start, label, body.removeprefix(_TEXT).lstrip(" ")


def write(document: Document, language: str, *, identities: bool = True) -> str:
    """A draft as Markdown in one language, which `read` reads as the same draft.

    `identities`: with each block's lineage before it.
    """
    shown = labels(document, language)
    lines: list[str] = []
    for block in document.blocks:
        if identities:
            lines.append(f"<!-- lineage: {block.lineage} -->")
        text = block.texts.get(language, "")
        lines += [_line(block, shown[block.lineage], text), ""]
    return "\n".join(lines)


def _line(block: Block, label: str, text: str) -> str:
    if block.kind is BlockKind.FOOTNOTE:
        return f"[^{block.key}]: {_protected(text)}".rstrip()
    braces = f"{{= {block.label}}} " if block.label else ""
    braces += f"{{start {block.start}}} " if block.start else ""
    if block.kind is BlockKind.HEADING:
        braces += f"{{number {block.number}}} " if block.number else ""
        return f"{'#' * block.level} {braces}{_protected(text)}".rstrip()
    marker = ""
    if block.number == BULLET:
        marker = "- "
    elif block.number in _WRITTEN and not block.label:
        marker = f"{label} "
    elif block.number:
        braces += f"{{number {block.number}}} "
    return f"{' ' * INDENT * block.level}{marker}{braces}{_protected(text)}".rstrip()


def _protected(text: str) -> str:
    """A text that would be read as something else, marked as text."""
    readers = (_HEADING, _FOOTNOTE, _LINEAGE)
    other = any(reader.fullmatch(text) for reader in readers)
    read_as = _numbered(text, BlockKind.PARAGRAPH)
    mistakable = not text or other or read_as != ("", None, "", text)
    return f"{_TEXT} {text}" if mistakable else text

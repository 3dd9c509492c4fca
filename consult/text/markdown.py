"""Drafts as Markdown and back: one paragraph a line, four spaces a level.

`# ` to `###### ` are headings; `1.`, `(a)`, `(i)` and `-` number a paragraph; `[^key]: ` is a
footnote. Digits written are not kept: counting is computed. What may be a letter or a Roman number,
as `(i)`, is what is counted with at its depth so far. In braces before a text stand a fixed label
`{= 3 bis}`, a count to begin with `{start 5}` and other templates `{number article {1}}`, a brace
of their own with a backslash before it; what follows `{text}` is text, whatever it looks like.
`<!-- lineage: … -->` on a line by itself gives the next block's identity, and lets it stand as deep
as it was. A new line inside a paragraph is the sign U+2028.
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
_BRACES = re.compile(
    r"\{(=|start|number)\s+(?=\S)((?:\\[\\{}]|\\(?![\\{}])|[^{}\\]|\{[^{}]*\})*)\}\s*"
)
_ESCAPED = re.compile(r"\\([\\{}])")
_SPECIAL = re.compile(r"[\\{}]")
_MARKERS = (
    ("•", re.compile(r"[-•*]\s+")),
    ("{1}.", re.compile(r"\d{1,4}\.\s+")),
    ("{1})", re.compile(r"\d{1,4}\)\s+")),
    ("({i})", re.compile(r"\((?=[ivx]+\))(?:i|ii|iii|iv|vi{0,3}|ix|xi{0,3}|xiv|xvi{0,3})\)\s+")),
    ("({a})", re.compile(r"\([a-z]{1,3}\)\s+")),
    ("({1})", re.compile(r"\(\d{1,4}\)\s+")),
)
_LETTER = re.compile(r"\([ivx]\)\s+")
"""What goes on a list of letters, and elsewhere is Roman."""
_ROMAN = re.compile(r"\((?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\)\s+")
"""What goes on a list of Roman numbers, whatever else it may be."""
_WRITTEN = {"{1}.", "{1})", "({i})", "({a})", "({1})"}


class _Lists:
    """What the numbered paragraphs so far count with: by depth, until one stands less deep."""

    def __init__(self) -> None:
        self._templates: dict[int, str] = {}

    def at(self, level: int) -> str:
        """The template at a depth; "" where nothing is counted yet."""
        return self._templates.get(level, "")

    def take(self, level: int, template: str) -> None:
        """Go past a paragraph."""
        self._templates = {at: one for at, one in self._templates.items() if at <= level}
        if template not in {"", BULLET}:
            self._templates[level] = template


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
        self.lists = _Lists()

    def take(self, number: int, line: str) -> None:
        """One line that isn't empty: a block, or the identity of the next."""
        if identity := _LINEAGE.fullmatch(line.strip()):
            self.given = UUID(identity[1])
            return
        given, self.given = self.given, None
        lineage = given or uuid4()
        body = line.strip()
        if heading := _HEADING.fullmatch(body):
            kind, level, body = BlockKind.HEADING, len(heading[1]), heading[2]
        elif footnote := _FOOTNOTE.fullmatch(body):
            kind, level, body = BlockKind.FOOTNOTE, 0, footnote[2]
            self.keys[footnote[1]] = lineage.hex[:8]
        else:
            kind, level = BlockKind.PARAGRAPH, self.depth(number, line, known=given is not None)
        template, start, label, body = _numbered(body, kind, self.lists.at(level))
        if kind is BlockKind.PARAGRAPH:
            self.lists.take(level, template)
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

    def depth(self, number: int, line: str, *, known: bool) -> int:
        """How deep a paragraph is set in. Refuses tabs, and what has nothing to stand under.

        `known`: its identity is given; what it stood under may have been deleted in the draft.
        """
        before = line[: len(line) - len(line.lstrip())]
        if "\t" in before:
            raise DomainError(_l("Line %(line)s begins with a tab: use four spaces.", line=number))
        level = len(before) // INDENT
        above = next((b.level for b in reversed(self.blocks) if b.kind is BlockKind.PARAGRAPH), 0)
        if level > (DEEPEST if known else min(above + 1, DEEPEST)):
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


def _marked(body: str, counted: str) -> tuple[str, str]:
    """The template of a paragraph's marker, and what follows it. `counted`: with what so far."""
    going_on = {"({a})": _LETTER, "({i})": _ROMAN}
    markers = ((counted, going_on[counted]), *_MARKERS) if counted in going_on else _MARKERS
    for candidate, marker in markers:
        if found := marker.match(body):
            return candidate, body[found.end() :]
    return "", body


def _numbered(body: str, kind: BlockKind, counted: str = "") -> tuple[str, int | None, str, str]:
    """What stands before a text: template, first count, fixed label; and the text itself."""
    template, start, label = "", None, ""
    if kind is BlockKind.PARAGRAPH:
        template, body = _marked(body, counted)
    while not body.startswith(_TEXT) and (found := _BRACES.match(body)):
        body = body[found.end() :]
        if found[1] == "=":
            label = _ESCAPED.sub(r"\1", found[2].strip())
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
    lists = _Lists()
    lines: list[str] = []
    for block in document.blocks:
        if identities:
            lines.append(f"<!-- lineage: {block.lineage} -->")
        text = block.texts.get(language, "")
        lines += [_line(block, shown[block.lineage], text, lists.at(block.level)), ""]
        if block.kind is BlockKind.PARAGRAPH:
            lists.take(block.level, block.number)
    return "\n".join(lines)


def _line(block: Block, label: str, text: str, counted: str) -> str:
    fixed = _SPECIAL.sub(r"\\\g<0>", block.label)
    braces = f"{{= {fixed}}} " if block.label else ""
    braces += f"{{start {block.start}}} " if block.start else ""
    number = f"{{number {block.number}}} " if block.number else ""
    if block.kind is BlockKind.FOOTNOTE:
        return f"[^{block.key}]: {braces}{number}{_protected(text)}".rstrip()
    if block.kind is BlockKind.HEADING:
        return f"{'#' * block.level} {braces}{number}{_protected(text)}".rstrip()
    marker = ""
    if block.number == BULLET:
        marker = "- "
    elif block.label or not _is_told_by(f"{label} ", block, counted):
        braces += number
    else:
        marker = f"{label} "
    return f"{' ' * INDENT * block.level}{marker}{braces}{_protected(text, counted)}".rstrip()


def _is_told_by(marker: str, block: Block, counted: str) -> bool:
    """Whether a paragraph's number is read from its label."""
    return block.number in _WRITTEN and _marked(f"{marker}x", counted) == (block.number, "x")


def _protected(text: str, counted: str = "") -> str:
    """A text that would be read as something else, marked as text."""
    readers = (_HEADING, _FOOTNOTE, _LINEAGE)
    other = any(reader.fullmatch(text) for reader in readers)
    read_as = _numbered(text, BlockKind.PARAGRAPH, counted)
    mistakable = not text or other or read_as != ("", None, "", text)
    return f"{_TEXT} {text}" if mistakable else text

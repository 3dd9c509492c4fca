"""The plain text of a Word file with its tracked changes accepted or rejected.

Printed are the body's paragraphs, tables cell by cell and text boxes behind the paragraph they
hang on, then the footnotes and then the endnotes that the text still refers to, in the order of
their references. Headers, footers and comments are not printed. Numbers that Word computes are no
text of the file, and neither is the code of a field; its last result is.
"""

from consult.word.contents import Paragraph
from consult.word.reading import WordText, read, referred
from consult.word.resolving import accepting, rejecting, resolved


def plain_text(data: bytes, *, accept: bool) -> list[str]:
    """The text of a .docx file, one paragraph an item. Raises DomainError for another file.

    Tabs stay; line breaks inside a paragraph are U+2028; breaks of pages and columns are nothing.
    """
    return text_of(read(data), accept=accept)


def text_of(word: WordText, *, accept: bool) -> list[str]:
    """What `plain_text` gives, of a file already read."""
    decide = accepting if accept else rejecting
    body = resolved(word.paragraphs, decide)
    found = list(body)
    for kind in ("footnote", "endnote"):
        for note in referred(body, kind):
            found += resolved(word.notes.get((kind, note.id), ()), decide)
    return [_text(paragraph) for paragraph in found]


def _text(paragraph: Paragraph) -> str:
    return paragraph.text

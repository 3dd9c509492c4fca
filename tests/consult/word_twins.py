"""What a Word file of ours says with all tracked changes accepted, or all rejected.

A reader of its own, which knows only what our writers emit: runs, revisions of runs and of
paragraphs' marks, formats, links, footnotes.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from consult.text.inline import Run, joined, render

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def parts_of(data: bytes) -> dict[str, Any]:
    """The file's parts of XML by their names."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def texts_of(data: bytes, *, accept: bool) -> list[str]:
    """The paragraphs as canonical inline texts, then the footnotes in order of their references."""
    parts = parts_of(data)
    gone, kept = ("del", "ins") if accept else ("ins", "del")
    found, notes, gathered = list[str](), list[str](), list[Run]()
    for paragraph in parts["word/document.xml"].iter(f"{W}p"):
        for run in _runs(paragraph, parts, "document", gone):
            gathered.append(run)
            notes += [run.note] if run.note else []
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is None:
            found.append(_text(gathered))
            gathered = []
    assert not gathered
    for number in notes:
        note = parts["word/footnotes.xml"].find(f"{W}footnote[@{W}id='{number}']")
        found.append(_text(list(_runs(note, parts, "footnotes", gone))))
    assert kept
    return found


def _text(runs: list[Run]) -> str:
    return render(run for run in joined(runs) if not run.note)


def _runs(element: Any, parts: dict[str, Any], part: str, gone: str) -> Iterator[Run]:
    for run in element.iter(f"{W}r"):
        if any(above.tag == W + gone for above in run.iterancestors()):
            continue
        link = next(run.iterancestors(f"{W}hyperlink"), None)
        known = parts[f"word/_rels/{part}.xml.rels"]
        href = "" if link is None else _target(known, link.get(R))
        bold, italic = run.find(f"{W}rPr/{W}b") is not None, run.find(f"{W}rPr/{W}i") is not None
        for child in run:
            if child.tag in {f"{W}t", f"{W}delText"}:
                yield Run(child.text, bold, italic, href)
            elif child.tag == f"{W}br":
                yield Run("\u2028", bold, italic, href)
            elif child.tag == f"{W}footnoteReference":
                yield Run("", note=child.get(f"{W}id"))


def _target(relationships: Any, name: str) -> str:
    return str(next(one.get("Target") for one in relationships if one.get("Id") == name))

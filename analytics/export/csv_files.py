"""An export as CSV files: UTF-8 with a mark at the beginning, so that spreadsheets read it right.

A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV
injection"); numbers stay numbers.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TextIO

from analytics.export import codebook, figures, items, readme
from analytics.export.contents import Contents, header, records
from core.cells import safe
from surveys.kinds import Cell

Progress = Callable[[int], None]
Opener = Callable[[str], AbstractContextManager[TextIO]]


def write_folder(folder: Path, contents: Contents, progress: Progress) -> list[Path]:
    """Write the files into a folder, made if needed; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def opened(name: str) -> Iterator[TextIO]:
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as stream:
            yield stream

    return [folder / name for name in _write(opened, contents, progress)]


def write_zip(path: Path, contents: Contents, progress: Progress) -> None:
    """Write the same files into one archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:

        @contextmanager
        def opened(name: str) -> Iterator[TextIO]:
            with (
                archive.open(name, "w", force_zip64=True) as raw,
                io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as stream,
            ):
                yield stream

        _write(opened, contents, progress)


def write_table(stream: TextIO, headings: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> None:
    """One table, its headings first, every cell made safe."""
    writer = csv.writer(stream)
    writer.writerow([safe(cell) for cell in headings])
    writer.writerows([safe(cell) for cell in row] for row in rows)


def _write(opened: Opener, contents: Contents, progress: Progress) -> list[str]:
    names = ["responses.csv", "codebook.csv", "tables.csv", "read_me.txt"]
    with opened(names[0]) as stream:
        write_table(stream, header(contents), _counted(records(contents), progress))
    with opened(names[1]) as stream:
        write_table(stream, [str(h) for h in codebook.HEADINGS], codebook.rows(contents))
    with opened(names[2]) as stream:
        write_table(stream, figures.HEADINGS, figures.rows(contents))
    with opened(names[3]) as stream:
        stream.writelines(f"{heading}: {text}\r\n" for heading, text in readme.lines(contents))
    for table in items.tables(contents):
        names.append(f"items_{table.repeat.code}.csv")
        with opened(names[-1]) as stream:
            write_table(stream, table.header, items.rows(contents, table))
    return names


def _counted(rows: Iterable[list[Cell]], progress: Progress) -> Iterator[list[Cell]]:
    for done, row in enumerate(rows, start=1):
        yield row
        progress(done)

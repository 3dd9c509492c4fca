"""Where exported files stand: one folder, whole files only.

A file is written in a folder of its own beside, and moved into place when it is whole, so that
whoever is killed leaves no part of one.
"""

import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

UNFINISHED = "unfinished-"
STALE_SECONDS = 24 * 3600


class Shelf:
    """The folder of exported files, made when first needed."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir.resolve() / "exports"

    @contextmanager
    def writing(self, name: str) -> Iterator[Path]:
        """A path to write to; on leaving, the file stands on the shelf under its name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=self.folder) as own:
            path = Path(own) / name
            yield path
            path.replace(self.folder / name)

    def find(self, name: str) -> Path | None:
        """The file of this name, if it is there."""
        path = self.folder / name
        return path if name and path.parent == self.folder and path.is_file() else None

    def remove(self, names: Iterable[str]) -> None:
        """Remove files; those already gone are passed over."""
        for name in names:
            path = self.find(name)
            if path is not None:
                path.unlink(missing_ok=True)

    def tidy(self, known: Iterable[str]) -> None:
        """Remove what killed workers left, and files no export names, once they are a day old."""
        if not self.folder.is_dir():
            return
        named = set(known)
        for path in self.folder.iterdir():
            if path.name in named or time.time() - path.stat().st_mtime < STALE_SECONDS:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

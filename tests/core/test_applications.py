"""An application leaves nothing behind when nobody uses it any more."""

import gc
import weakref
from pathlib import Path

from core.app import create_app
from core.settings import Settings


def test_an_application_is_let_go_when_another_takes_its_place(tmp_path: Path) -> None:
    first = weakref.ref(create_app(Settings(data_dir=tmp_path / "first")))

    create_app(Settings(data_dir=tmp_path / "second"))  # queued work finds the newest
    gc.collect()

    assert first() is None

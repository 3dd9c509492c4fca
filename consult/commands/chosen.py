"""What commands that write files share: a file's language, its draft by number, the writing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EISDIR
from pathlib import Path

from flask_babel import force_locale

from consult.queries.compiled import Compiled
from consult.queries.steps import Step
from core.errors import DomainError, NotFound
from core.i18n import DEFAULT_LANGUAGE, LANGUAGES
from core.texts import lazy as _l


def language_in(step: Step, wanted: str | None) -> str:
    """The wanted language of a draft, its source where none is said. Raises `DomainError`."""
    language = wanted or step.document.source
    if language not in step.document.languages:
        raise DomainError(
            _l(
                "Draft %(number)s is not in the language %(language)s. It is in: %(languages)s.",
                number=step.number, language=language,
                languages=", ".join(step.document.languages),
            )
        )  # fmt: skip
    return language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Our own words in a draft's language where we speak it; drafts may be in any other, too."""
    with force_locale(language if language in LANGUAGES else DEFAULT_LANGUAGE):
        yield


def step_of(data: Compiled, number: int) -> Step:
    """A published draft by its number. Raises `NotFound`."""
    step = data.step(number)
    if step is None:
        raise NotFound(
            _l(
                "The consultation %(code)s has no published draft %(number)s.",
                code=data.code, number=number,
            )
        )  # fmt: skip
    return step


def put(out: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises `DomainError` where nothing can be written."""
    unfinished = out.parent / f".{os.getpid()}.unfinished"
    try:
        if not out.name:
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        out.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(data)
        unfinished.replace(out)
    except OSError as error:
        raise DomainError(
            _l("Nothing could be written to %(file)s: %(why)s.", file=out, why=error.strerror)
        ) from error
    finally:
        with suppress(OSError):  # what could not be written is not there either
            unfinished.unlink()

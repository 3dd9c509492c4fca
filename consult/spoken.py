"""Words of ours in all languages at once: a file that comes back may speak any of them."""

from collections.abc import Mapping
from typing import TypeVar

from flask_babel import force_locale

from consult.export.matrix_file import folded
from consult.export.redlines import marks
from consult.export.wording import COLUMNS, OUTCOMES
from consult.models import Outcome
from consult.queries.compiled import Compiled
from consult.word.ours import Key
from core.i18n import LANGUAGES
from core.texts import Lazy

K = TypeVar("K", bound=str)


def in_all_languages(words: Mapping[K, Lazy]) -> dict[str, K]:
    """What each word means, folded, in every language of the interface and by its own name."""
    found = {folded(name): name for name in words}
    for language in LANGUAGES:
        with force_locale(language):
            found |= {folded(str(word)): name for name, word in words.items()}
    return found


def marks_in_all_languages(data: Compiled, number: int) -> dict[Key, bool]:
    """What our Word files hold, as `marks` has it, in whichever language they were taken."""
    found = dict[Key, bool]()
    for language in LANGUAGES:
        with force_locale(language):
            found |= marks(data, number)
    return found


def headings() -> dict[str, str]:
    """The columns of a matrix by the headings they may have."""
    return in_all_languages(COLUMNS)


def outcomes() -> dict[str, Outcome]:
    """The outcomes by the words there are for them."""
    return in_all_languages(OUTCOMES)

"""Languages of a questionnaire: its texts by stable keys, and how far each translation is.

Pure: functions of a document. It refuses to know pages, files and drafts.
"""

from core.scripts import is_right_to_left
from surveys.languages.keeping import kept, with_translations
from surveys.languages.names import code_of, name_in, own_name
from surveys.languages.states import (
    Counts,
    State,
    counted,
    digest_of,
    gaps,
    progress,
    recorded,
    source_of,
    state_of,
    states,
)
from surveys.languages.walk import Place, Text, TextKind, texts_of

__all__ = [
    "Counts",
    "Place",
    "State",
    "Text",
    "TextKind",
    "code_of",
    "counted",
    "digest_of",
    "gaps",
    "is_right_to_left",
    "kept",
    "name_in",
    "own_name",
    "progress",
    "recorded",
    "source_of",
    "state_of",
    "states",
    "texts_of",
    "with_translations",
]

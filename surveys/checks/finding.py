"""One finding about a questionnaire."""

from dataclasses import dataclass
from enum import StrEnum

from core.texts import Lazy


class Severity(StrEnum):
    """An error keeps a questionnaire from being published, a warning doesn't."""

    ERROR = "error"
    WARNING = "warning"


class Sort(StrEnum):
    """What a finding is about: codes are unique only among things of one sort."""

    QUESTION = "question"
    GROUP = "group"
    SECTION = "section"


@dataclass(frozen=True)
class Finding:
    """Something wrong with a field, named as in the definition (`relevant`, `texts`) of a thing."""

    code: str
    field: str
    severity: Severity
    message: Lazy
    sort: Sort = Sort.QUESTION

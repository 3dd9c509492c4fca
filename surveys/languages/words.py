"""What texts and states are called on pages and in files."""

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.languages.states import State
from surveys.languages.walk import TextKind

KINDS: dict[TextKind, Lazy] = {
    TextKind.TITLE: _l("Title of the questionnaire"),
    TextKind.INTRODUCTION: _l("Paragraph of the introduction"),
    TextKind.SECTION: _l("Title of a section"),
    TextKind.SECTION_HINT: _l("Explanation of a section"),
    TextKind.GROUP: _l("Title of a group"),
    TextKind.GROUP_HINT: _l("Explanation of a group"),
    TextKind.QUESTION: _l("Question"),
    TextKind.HINT: _l("Explanation of a question"),
    TextKind.GUIDANCE: _l("Guidance"),
    TextKind.REQUIRED: _l("Message when the answer is missing"),
    TextKind.CONSTRAINT: _l("Message when the answer can't be right"),
    TextKind.WARNING: _l("Message asking to look again"),
    TextKind.CHOICE: _l("Choice"),
    TextKind.ITEM: _l("Row"),
}
STATES: dict[State, Lazy] = {
    State.MISSING: _l("Not translated"),
    State.STALE: _l("Source has changed"),
    State.CURRENT: _l("Translated"),
}

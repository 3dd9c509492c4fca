"""A questionnaire's logic: what its expressions make of answers.

`Worked` works a questionnaire out for some answers; the rest are functions of what it found. All
are pure: they know no database, page or person.
"""

from surveys.conditions import CircularConditions
from surveys.logic.beginning import beginning, new_item, stored_of
from surveys.logic.choices import choices_left, withdrawn
from surveys.logic.filling import fill, filled
from surveys.logic.page import Movement, movement, page_logic
from surveys.logic.places import MAX_ITEMS, Place, Visibility, text_of
from surveys.logic.plan import check_circles, plan_of
from surveys.logic.shown import shown_codes, visibility
from surveys.logic.tables import tables
from surveys.logic.working import Worked, worked_out

__all__ = [
    "MAX_ITEMS",
    "CircularConditions",
    "Movement",
    "Place",
    "Visibility",
    "Worked",
    "beginning",
    "check_circles",
    "choices_left",
    "fill",
    "filled",
    "movement",
    "new_item",
    "page_logic",
    "plan_of",
    "shown_codes",
    "stored_of",
    "tables",
    "text_of",
    "visibility",
    "withdrawn",
    "worked_out",
]

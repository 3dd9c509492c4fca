"""Fields of authoring that take numbers as people write them: a slider's range, a size of files."""

from fractions import Fraction
from typing import Any

from wtforms import Field

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.definition import Range
from surveys.kinds import Unreadable
from surveys.kinds.base import number_text
from surveys.kinds.files import DEFAULT_BYTES, MEGABYTE, MOST_BYTES
from surveys.kinds.numbers import decimal_number, typed_number

ENDS = ("start", "end", "step")
ALL_THREE = _l("Write all three numbers of the slider, or none.")
STEPS = _l("The step must be larger than 0, and no larger than from the first number to the last.")
WHOLE_ONLY = _l("This question takes whole numbers: write whole numbers here too.")
SIZE = _l("Write a number of megabytes above 0, and at most %(most)s.", most=MOST_BYTES // MEGABYTE)


class RangeField(Field):
    """The numbers a slider goes through, typed as START, END and STEP. `span`: None for no slider.

    `whole`: the question takes whole numbers only.
    """

    def __init__(self, label: Any, *, whole: bool, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.whole = whole
        self.typed = dict.fromkeys(ENDS, "")
        self.span: Range | None = None
        self.errors: list[str] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what was typed, else the range there is."""
        if formdata is not None and f"{self.name}-{ENDS[0]}" in formdata:
            self.typed = {end: formdata.get(f"{self.name}-{end}", "").strip() for end in ENDS}
        elif isinstance(data, Range):
            self.typed = {end: typed_number(getattr(data, end)) for end in ENDS}

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Read the numbers; errors say what is missing or makes no slider."""
        self.span, self.errors = None, []
        if not any(self.typed.values()):
            return True
        wrong = self._read()
        self.errors = [str(wrong)] if wrong is not None else []
        return not self.errors

    def _read(self) -> Lazy | None:
        """Set `span`, or return why it can't be."""
        if not all(self.typed.values()):
            return ALL_THREE
        try:
            numbers = {end: decimal_number(text) for end, text in self.typed.items()}
        except Unreadable as unreadable:
            return unreadable.message
        if self.whole and not all(isinstance(number, int) for number in numbers.values()):
            return WHOLE_ONLY
        start, end, step = (Fraction(repr(numbers[name])) for name in ENDS)
        if not 0 < step <= abs(end - start):
            return STEPS
        self.span = Range(**{name: float(number) for name, number in numbers.items()})
        return None


class MegabytesField(Field):
    """A size of files, typed in megabytes. `bytes`: what is meant, None for the usual size."""

    most = MOST_BYTES // MEGABYTE
    usual = DEFAULT_BYTES // MEGABYTE

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.text = ""
        self.bytes: int | None = None
        self.errors: list[str] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what was typed, else the size there is."""
        if formdata is not None and self.name in formdata:
            self.text = formdata.get(self.name, "").strip()
        elif isinstance(data, int):
            self.text = number_text(data / MEGABYTE)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Read the size; the error says what one is."""
        self.bytes, self.errors = None, []
        if not self.text:
            return True
        try:
            self.bytes = round(Fraction(repr(decimal_number(self.text))) * MEGABYTE)
        except Unreadable as unreadable:
            self.errors = [str(unreadable.message)]
            return False
        if not 0 < self.bytes <= MOST_BYTES:
            self.errors = [str(SIZE)]
        return not self.errors

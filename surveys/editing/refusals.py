"""Why an edit is refused."""

from collections.abc import Sequence

from core.errors import Conflict, DomainError
from core.texts import lazy as _l
from surveys.editing.uses import Use


class StillUsed(Conflict):
    """It can't be deleted while others speak of it. `uses`: where, in the order asked."""

    def __init__(self, code: str, uses: Sequence[Use]) -> None:
        places = ", ".join(dict.fromkeys(use.code for use in uses))
        super().__init__(
            _l(
                "“%(code)s” can't be deleted yet: %(places)s refer to it. Change these first.",
                code=code,
                places=places,
            )
        )
        self.code = code
        self.uses = tuple(uses)


class UnusableCode(DomainError):
    """A code that can't be one, or is another's."""

    def __init__(self, code: str, *, taken: bool) -> None:
        super().__init__(
            _l("The code “%(code)s” is taken: choose another.", code=code)
            if taken
            else _l(
                "“%(code)s” can't be a code: use Latin letters, digits, _, - and ., "
                "beginning with a letter.",
                code=code,
            )
        )

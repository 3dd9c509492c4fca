"""Refusals that carry a sentence for the person. One handler (`core.web`) renders them."""


class DomainError(Exception):
    """Something the person can understand and act on.

    `message` is a finished sentence in the person's language or a lazy gettext string; `status` the
    HTTP status that tells machines the same.
    """

    status = 400

    def __init__(self, message: object, status: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        if status is not None:
            self.status = status


class NotFound(DomainError):
    """There is no such thing, or not for this person: the two look alike on purpose."""

    status = 404


class Forbidden(DomainError):
    """The person is known, and this isn't theirs to do."""

    status = 403


class Conflict(DomainError):
    """The state has moved on since the person's page was made."""

    status = 409

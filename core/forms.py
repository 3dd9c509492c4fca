"""How much a form may hold. Werkzeug bounds multipart forms only; these are the plain ones.

A feature whose pages carry several files says how much they may hold in the application's
extension "large_forms", by endpoint, in bytes.
"""

from flask import Request, current_app
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

PLAIN = "application/x-www-form-urlencoded"


class BoundedRequest(Request):
    """A request whose plain form obeys the limits of multipart ones, in bytes and in fields."""

    def _load_form_data(self) -> None:
        if self.mimetype == PLAIN:
            self.max_content_length = self.max_form_memory_size
        elif large := current_app.extensions.get("large_forms", {}).get(self.endpoint):
            self.max_content_length = large
        try:
            super()._load_form_data()
        except UnicodeDecodeError:
            raise BadRequest from None  # bytes that are no text in UTF-8
        most = self.max_form_parts
        if most is not None and sum(map(len, self.form.listvalues())) > most:
            del self.__dict__["form"]  # a refusal's page asks again, and must not get it
            raise RequestEntityTooLarge

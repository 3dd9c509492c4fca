"""Requests that name another host than ours: refused before any page is made.

Such a request has no addresses to build a page with, so the answer is one plain sentence.
"""

from flask import Flask, Response
from flask_babel import gettext as _
from werkzeug.exceptions import SecurityError


def _refuse(_error: SecurityError) -> Response:
    sentence = _("This request names a host that is not this site's.")
    return Response(sentence, status=400, content_type="text/plain; charset=utf-8")


def init_app(app: Flask) -> None:
    """Answer for hosts that are not in the settings."""
    app.register_error_handler(SecurityError, _refuse)

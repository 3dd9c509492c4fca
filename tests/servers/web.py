"""The web server's application as `wsgi` makes it, its templates compiled once for a whole run.

For gunicorn: what each of a run's sites would spend its first second on is done by the first.
"""

import os

from jinja2 import FileSystemBytecodeCache

from wsgi import app

TEMPLATES = "TEST_TEMPLATES"
"""The variable that names the folder of compiled templates."""

app.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ[TEMPLATES])

__all__ = ["app"]

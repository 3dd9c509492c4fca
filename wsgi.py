"""The application for a web server, and the Celery application for workers."""

import atexit
import gc

# Loading makes no garbage to speak of; looking for it meanwhile takes a seventh of the time.
gc.disable()

from core.app import create_app  # noqa: E402 -- the collector rests before anything is loaded

app = create_app()
celery = app.extensions["celery"]

# What is loaded by now stays until the end: collections of garbage need not look through it, and
# a page's few thousand objects are no reason for one.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
gc.enable()
# Nothing frozen is collected at the end either: connections are closed by name, so that SQLite
# brings its file up to date.
atexit.register(app.extensions["sessions"].dispose)

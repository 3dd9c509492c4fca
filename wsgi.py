"""The application for a web server, and the Celery application for workers."""

import atexit
import gc

from core.app import create_app

app = create_app()
celery = app.extensions["celery"]

# What is loaded by now stays until the end: collections of garbage need not look through it, and
# a page's few thousand objects are no reason for one.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
# Nothing frozen is collected at the end either: connections are closed by name, so that SQLite
# brings its file up to date.
atexit.register(app.extensions["sessions"].dispose)

"""The application for a web server, and the Celery application for workers."""

from core.app import create_app

app = create_app()
celery = app.extensions["celery"]

"""Celery: configured from the settings, with tasks inside Flask's app context.

Rows are the only truth; a queued message merely wakes a worker early. So a dead broker never fails
a request: the sweep that runs every few seconds finds the row anyway.
"""

import logging
import time
from datetime import timedelta
from typing import Any

from celery import Celery, Task
from celery.signals import worker_process_init
from flask import Flask
from kombu.exceptions import OperationalError as BrokerDown

from core.local_queue import SCHEME
from core.settings import Settings

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
QUIET_SECONDS = 10.0


def _embedded(settings: Settings) -> dict[str, Any]:
    """A queue of files in the data folder, for one machine without a broker."""
    folder = (settings.data_dir / "queue").resolve()
    taken = folder / "taken"
    taken.mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": f"{SCHEME}://",
        "broker_transport_options": {
            "data_folder_in": str(folder),
            "data_folder_out": str(folder),
            "processed_folder": str(taken),
            "polling_interval": 1.0,
        },
    }


def _server(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if settings.broker_url.startswith(("redis", "rediss")):
        options = {
            "visibility_timeout": int(LEASE.total_seconds()),
            "unacked_restore_interval": 5,
            "unacked_restore_limit": 100,
            "socket_connect_timeout": 2,
            "socket_timeout": 10,
        }
    return {"broker_url": settings.broker_url, "broker_transport_options": options}


def make_celery(app: Flask, settings: Settings) -> Celery:
    """The Celery application of a Flask application."""

    class ContextTask(Task):
        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            with app.app_context():
                return self.run(*args, **kwargs)

    celery = Celery(app.name, task_cls=ContextTask)
    celery.conf.update(
        _server(settings) if settings.broker_url else _embedded(settings),
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=2,
        task_publish_retry=False,
        timezone="UTC",
        beat_max_loop_interval=5,
    )
    celery.set_default()
    app.extensions["celery"] = celery

    def own_connections(**_: object) -> None:
        """A forked worker must not speak over its parent's connections."""
        app.extensions["sessions"].dispose(close=False)

    celery.own_connections = own_connections  # the signal keeps no application alive
    worker_process_init.connect(own_connections)
    return celery


class _Silence:
    """Until when no wake-up is tried, after the broker failed."""

    until = 0.0


def wake(task: Any, *args: Any) -> None:
    """Ask a worker to run a task soon, after the transaction; never raises for the broker."""
    if time.monotonic() < _Silence.until:
        return
    try:
        task.apply_async(args=args, expires=300)
    except (BrokerDown, OSError) as error:
        _Silence.until = time.monotonic() + QUIET_SECONDS
        log.warning("broker unavailable (%s): the sweep will do it", type(error).__name__)

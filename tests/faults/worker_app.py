"""The product's worker with its waits shortened, so that a test can outlast them.

`FAULTS_MOMENT`: the moment at which reminders are swept, instead of the present.
`FAULTS_SLOW_EXPORT`: seconds each step of an export takes, so that it can be killed on its way.
"""

import os
import time
from datetime import datetime, timedelta
from typing import Any

from analytics.services import exports
from core import outbox
from movement import tasks as reminders
from wsgi import celery

__all__ = ["celery"]

outbox.LEASE = timedelta(seconds=3)
outbox.AWAY = timedelta(seconds=1)
outbox.DOUBT = timedelta(seconds=1)
outbox.BACKOFF = (0, 0, 0, 0, 0, 0, 0, 0)
exports.LEASE = timedelta(seconds=3)
for _entry in celery.conf.beat_schedule.values():
    _entry["schedule"] = 1.0
celery.conf.beat_max_loop_interval = 0.5

_moment = os.environ.get("FAULTS_MOMENT")
if _moment:
    _fixed = datetime.fromisoformat(_moment)
    vars(reminders)["now"] = lambda: _fixed

_slow = float(os.environ.get("FAULTS_SLOW_EXPORT", "0"))
if _slow:
    _progressed = exports.progressed

    def _slowly(*args: Any, **values: Any) -> None:
        _progressed(*args, **values)
        time.sleep(_slow)

    exports.progressed = _slowly

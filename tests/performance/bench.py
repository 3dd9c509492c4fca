"""`make bench`: complete responses per second over HTTP, beside the machine's raw ceiling.

PostgreSQL commits durably (fsync and synchronous_commit on), forms carry their CSRF tokens, rate
limits count, and what clients were told is compared with the database afterwards. All figures are
of one run on one machine that server, database and clients share: read them as ratios.
"""

import json
import multiprocessing
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import text

from core.app import create_app
from core.processes import Child, end
from core.settings import ROOT, Settings
from tests.performance.field import FIELDS, WAVE, Entry, make_field
from tests.performance.journey import Client, respond
from tests.servers.ports import free_port, wait_for
from tests.servers.postgresql import PostgreSQL, postgresql

CLIENTS = (1, 4, 8)
PROCESSES = 2
THREADS = 8
WARMING = 4
SECONDS = 12.0
ORGANISATIONS = 2000
MOST_PER_SECOND = 50
BARE = """
from flask import Flask
app = Flask(__name__)
app.add_url_rule("/", view_func=lambda: "<!doctype html><title>Bare</title><p>Bare page")
"""


def give_responses(port: int, entries: list[Entry], fields: str, seconds: float) -> tuple[int, int]:
    """(responses, requests) one client manages in the time it is given."""
    until = time.monotonic() + seconds
    responses = requests = 0
    for entry in entries:
        if time.monotonic() >= until:
            break
        client = Client(port)
        receipt = respond(client, entry.token, WAVE, entry.organisation, fields)
        if not receipt.endswith("/receipt"):
            raise RuntimeError(receipt)
        responses += 1
        requests += client.requests
    return responses, requests


def ask_bare(port: int, seconds: float) -> int:
    """How often one client gets the bare page."""
    client, until = Client(port), time.monotonic() + seconds
    while time.monotonic() < until:
        client.send("/")
    return client.requests


def durable_commits(server: PostgreSQL, name: str, seconds: float = 3.0) -> float:
    """Commits of one small row per second, one after the other."""
    with server.connect(name) as connection:
        connection.execute("CREATE TABLE ceiling (id serial PRIMARY KEY, value text)")
        done, until = 0, time.monotonic() + seconds
        while time.monotonic() < until:
            connection.execute("INSERT INTO ceiling (value) VALUES ('x')")
            done += 1
    return done / seconds


def start_web(stack: ExitStack, folder: Path, app: str, environment: dict[str, str]) -> int:
    """A gunicorn as `make run` starts it; its port."""
    port = free_port()
    program = [
        *(str(Path(sys.executable).parent / "gunicorn"), app, "--worker-class=gthread"),
        *(f"--workers={PROCESSES}", f"--threads={THREADS}", "--no-control-socket"),
        f"--bind=127.0.0.1:{port}",
    ]
    log = folder / f"web-{port}.log"
    child = Child("web server", program, log=log, env=environment, cwd=ROOT)
    stack.callback(end, [child], within=10)
    if not wait_for(port):
        raise RuntimeError(child.last_words())
    return port


def measure(
    pool: ProcessPoolExecutor, clients: int, task: Any, shares: list[Any]
) -> tuple[Any, float]:
    """What `clients` clients did at once, and in how many seconds."""
    began = time.monotonic()
    futures = [pool.submit(task, *share) for share in shares[:clients]]
    results = [future.result() for future in futures]
    return results, time.monotonic() - began


def main() -> None:
    """Run it and print every figure with its settings."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="plenary-bench-")))
        server = stack.enter_context(postgresql())
        name = server.create_database()
        settings = Settings(
            data_dir=folder,
            database_url=server.url(name),
            base_url="http://localhost",
            requests_per_minute=1_000_000,
        )
        app = create_app(settings)
        entries = make_field(app, ORGANISATIONS)
        environment = os.environ | {
            "PLENARY_DATA_DIR": str(folder),
            "PLENARY_DATABASE_URL": server.url(name),
            "PLENARY_BASE_URL": "http://localhost",
            "PLENARY_REQUESTS_PER_MINUTE": "1000000",
        }
        print(f"Settings: {describe(server, name)}")
        (folder / "bare.py").write_text(BARE)
        pool = stack.enter_context(
            ProcessPoolExecutor(max(CLIENTS), mp_context=multiprocessing.get_context("spawn"))
        )
        bare = start_web(stack, folder, "bare:app", environment | {"PYTHONPATH": str(folder)})
        ceiling(pool, server, name, bare)
        web = start_web(stack, folder, "wsgi:app", environment)
        total = warm_up(pool, web, entries)
        for clients in CLIENTS:
            total += report(pool, clients, web, entries)
        verify(app, total)


def describe(server: PostgreSQL, name: str) -> str:
    """The settings that decide what a figure means."""
    with server.connect(name) as connection:
        shown = {
            setting: connection.execute(f"SHOW {setting}").fetchone()
            for setting in ("server_version", "fsync", "synchronous_commit", "full_page_writes")
        }
    facts = {key: value[0] for key, value in shown.items() if value}
    web = {"web": f"gunicorn gthread, {PROCESSES} processes x {THREADS} threads", "csrf": "on"}
    limits = {"rate limits": "counted, 1,000,000 a minute per address", "cores": os.cpu_count()}
    return json.dumps(facts | web | limits)


def ceiling(pool: ProcessPoolExecutor, server: PostgreSQL, name: str, port: int) -> None:
    """Print what a bare Flask page and one durable commit reach in the same run."""
    results, seconds = measure(pool, 8, ask_bare, [(port, 4.0)] * 8)
    print(f"Ceiling: bare Flask page, 8 clients: {sum(results) / seconds:,.0f} requests/s")
    print(f"Ceiling: durable commits, one after the other: {durable_commits(server, name):,.0f}/s")


def warm_up(pool: ProcessPoolExecutor, port: int, entries: list[Entry]) -> int:
    """Let every process meet every page; how many responses that took."""
    clients = max(CLIENTS)
    shares = [
        (port, [entries.pop() for _ in range(WARMING)], FIELDS, 600.0) for _ in range(clients)
    ]
    results, _seconds = measure(pool, clients, give_responses, shares)
    return sum(responses for responses, _requests in results)


def report(pool: ProcessPoolExecutor, clients: int, port: int, entries: list[Entry]) -> int:
    """Print one row; return how many responses were given."""
    size = int(SECONDS * MOST_PER_SECOND) // clients
    shares = [(port, [entries.pop() for _ in range(size)], FIELDS, SECONDS) for _ in range(clients)]
    results, seconds = measure(pool, clients, give_responses, shares)
    responses, requests = (sum(column) for column in zip(*results, strict=True))
    each = requests / max(responses, 1)
    print(
        f"{clients} clients: {responses / seconds:6.1f} responses/s {requests / seconds:6.0f}"
        f" requests/s  ({responses} responses of {each:.0f} requests in {seconds:.1f} s)"
    )
    unused = sum(len(share[1]) for share in shares) - responses
    if unused == 0:
        print("  (clients ran out of organisations: the figure is a lower bound)")
    return int(responses)


def verify(app: Any, total: int) -> None:
    """Compare what clients were told with what the database holds."""
    with app.extensions["sessions"]() as session:
        submitted, receipts = session.execute(
            text(
                "SELECT (SELECT count(*) FROM response WHERE state = 'submitted'),"
                " (SELECT count(DISTINCT response_id) FROM submission)"
            )
        ).one()
    print(f"Database: {submitted} submitted responses, {receipts} receipts; clients saw {total}")
    if not submitted == receipts == total:
        raise SystemExit("The database and the clients disagree.")


if __name__ == "__main__":
    main()

"""What every page and answer obeys: headers, hosts, origins, refused characters, errors."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask, Request, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from core.characters import REFUSED
from core.errors import DomainError
from core.forms import BoundedRequest
from core.settings import Settings
from core.typed import typed, typed_in

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
PRIVATE_FIELDS = frozenset({"csrf_token"})
TOO_MANY = 429
csrf = CSRFProtect()


def local_path(target: str) -> str:
    """The target if it is a path of this site, else "": never another host, however disguised."""
    parts = urlsplit(target)
    odd = "\\" in target or REFUSED.search(target) or any(c in target for c in "\r\n\t")
    if odd or parts.scheme or parts.netloc or not target.startswith("/") or target.startswith("//"):
        return ""
    return target


def read_at(path: str) -> str:
    """The path if a page of this site is read there, else ""."""
    adapter = current_app.url_map.bind("")
    try:
        adapter.match(local_path(path).partition("?")[0], method="GET")
    except HTTPException:
        return ""
    return local_path(path)


def _page_before() -> str:
    """The page that a refused form stood on, as its browser says; "" where there is none."""
    settings: Settings = current_app.config["SETTINGS"]
    parts = urlsplit(request.referrer or "")
    ours = {settings.base_url, request.host_url.rstrip("/")}
    if request.method != "POST" or f"{parts.scheme}://{parts.netloc}" not in ours:
        return ""
    return read_at(f"{parts.path}?{parts.query}".rstrip("?"))


def kept_page(
    title: str, message: object, status: int, *, again: bool = True
) -> ResponseReturnValue:
    """A refusal that shows what was typed, and offers to send it again where that may help."""
    fields = [
        (REFUSED.sub("", name), [REFUSED.sub("", value) for value in values])
        for name, values in request.form.lists()
        if name not in PRIVATE_FIELDS
    ]
    page = render_template(
        "errors/kept.html",
        title=title,
        message=message,
        fields=fields,
        readable=typed(),
        back=_page_before(),
        action=(local_path(request.full_path.rstrip("?")) or "/") if again else "",
    )
    return page, status


def error_page(status: int, title: str, message: object, advice: str = "") -> ResponseReturnValue:
    """The one page of refusals."""
    page = render_template(
        "errors/error.html", status=status, title=title, message=message, advice=advice,
        back=_page_before(),
    )  # fmt: skip
    return page, status


def _same_origin(settings: Settings, incoming: Request) -> bool:
    """Whether a state-changing request comes from a page of ours, as far as the browser says."""
    if incoming.headers.get("Sec-Fetch-Site") == "cross-site":
        return False
    origin = incoming.headers.get("Origin")
    if origin is None:
        return True
    return origin in {settings.base_url, incoming.host_url.rstrip("/")}


def _sent_texts(incoming: Request) -> Iterator[str]:
    """All that a form says: names and values of its fields, and the names of its files."""
    for pair in incoming.form.items(multi=True):
        yield from pair
    for name, file in incoming.files.items(multi=True):
        yield from (name, file.filename or "")


def _refuse_early() -> ResponseReturnValue | None:
    settings: Settings = current_app.config["SETTINGS"]
    if any(REFUSED.search(part) for part in (request.path, *request.args.values())):
        return error_page(
            400, _("This address can't be used"), _("It holds characters that no page uses.")
        )
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    if not _same_origin(settings, request):
        return error_page(
            403, _("Refused"), _("This request came from another site, so nothing was changed.")
        )
    if any(map(REFUSED.search, _sent_texts(request))):
        return kept_page(
            _("Some characters can't be used"),
            _(
                "Your text holds invisible control characters. They are taken out below; "
                "nothing is saved yet. Send it again."
            ),
            400,
        )
    return None


def _headers(response: Response) -> Response:
    settings: Settings = current_app.config["SETTINGS"]
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if settings.secure:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if request.endpoint != "static" and "private" not in headers.get("Cache-Control", ""):
        headers["Cache-Control"] = "no-store"  # downloads too, which Flask lets any cache keep
    return response


def _refusal(
    status: int, title: str, message: object, *, again: bool = False
) -> ResponseReturnValue:
    """The page of a refusal; with what was typed, if anything was."""
    if request.method == "POST" and typed_in(request.form.lists()):
        return kept_page(title, message, status, again=again)
    return error_page(status, title, message)


def _domain_error(error: DomainError) -> ResponseReturnValue:
    titles = {
        403: _("Not open to you"),
        404: _("Page not found"),
        409: _("This has changed meanwhile"),
    }
    title = titles.get(error.status, _("This can't be done"))
    return _refusal(error.status, title, error.message)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    known = {
        400: (_("This request can't be read"), _("Go back, and try again.")),
        404: (_("Page not found"), _("Check the address, or start from the home page.")),
        405: (_("This can't be done here"), _("Go back, and use the buttons of the page.")),
        413: (
            _("Too much at once"),
            _("What you sent is too large. Nothing was changed. Shorten it, and try again."),
        ),
        TOO_MANY: (
            _("Too many requests"),
            _("Wait a few minutes, and try again. Nothing is lost."),
        ),
    }
    title, message = known.get(status, (_("This can't be done"), _("Go back, and try again.")))
    waiting_helps = status == TOO_MANY
    page = _refusal(status, title, message, again=True) if waiting_helps else None
    answer = current_app.make_response(page or error_page(status, title, message))
    for name, value in error.get_headers():
        if name.lower() == "retry-after":
            answer.headers[name] = value
    return answer


def _forged_or_old(_error: CSRFError) -> ResponseReturnValue:
    return kept_page(
        _("This page was open for too long"),
        _("For your safety it was not sent. What you typed is below: send it again."),
        400,
    )


def _unavailable(error: Exception) -> ResponseReturnValue:
    """The database is away, full or locked: say so, and keep what was typed."""
    current_app.logger.error(
        "database unavailable: %s", type(getattr(error, "orig", error)).__name__
    )
    g.unavailable = True
    title = _("The service can't save right now")
    if request.method == "POST":
        message = _(
            "Nothing was received. What you typed is kept on this page: send it again in a minute."
        )
        answer = current_app.make_response(kept_page(title, message, 503))
    else:
        answer = current_app.make_response(error_page(503, title, _("Try again in a minute.")))
    answer.headers["Retry-After"] = "30"
    return answer


def _unexpected(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("unexpected error", exc_info=error)
    title, message = _("Something went wrong"), _("It is our fault, not yours, and it was noted.")
    if request.method == "POST":
        return kept_page(title, message + " " + _("What you typed is below."), 500)
    return error_page(500, title, message)


def init_app(app: Flask, settings: Settings) -> None:
    """Put the rules in force."""
    app.request_class = BoundedRequest
    app.config["TRUSTED_HOSTS"] = settings.trusted_hosts()
    csrf.init_app(app)
    app.before_request(_refuse_early)
    app.after_request(_headers)
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(CSRFError, _forged_or_old)
    app.register_error_handler(HTTPException, _http_error)
    for kind in (OperationalError, PoolTimeout):
        app.register_error_handler(kind, _unavailable)
    app.register_error_handler(DataError, _unexpected)
    app.register_error_handler(Exception, _unexpected)
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies
        )

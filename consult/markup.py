"""Texts with inline marks as HTML: everything typed is escaped, and only our own tags are written.

Redlines say what was inserted and deleted by underline and strike, and in words for those who
listen.
"""

from collections.abc import Iterable, Mapping

from flask import Flask
from flask_babel import gettext as _
from markupsafe import Markup, escape

from consult.text.inline import BREAK, Run, parse, plain
from consult.text.redlines import redlined

Notes = Mapping[str, tuple[str, str]]
"""By a footnote's key: its label, and the fragment of the page where it stands ("" for none)."""
_EMPTY = Markup()
_CHANGED = Markup('<%s><span class="unseen"> [%s </span>%s<span class="unseen">] </span></%s>')


def marked(text: str, notes: Notes | None = None) -> Markup:
    """A text of a draft as HTML."""
    return written(parse(text), notes or {})


def redline(before: str, after: str, notes: Notes | None = None) -> Markup:
    """What leads from one text to the other, as HTML with `ins` and `del`."""
    parts = []
    for stretch in redlined(before, after):
        inner = written(stretch.runs, notes or {})
        parts.append(inner if stretch.kind == "same" else changed(stretch.kind, inner))
    return _EMPTY.join(parts)


def inserted(text: str, notes: Notes | None = None) -> Markup:
    """A whole text as inserted."""
    return changed("insert", marked(text, notes))


def deleted(text: str, notes: Notes | None = None) -> Markup:
    """A whole text as deleted."""
    return changed("delete", marked(text, notes))


def changed(kind: str, inner: Markup) -> Markup:
    """What stands in only one of two texts: `kind` is "insert" or "delete"."""
    tag = "ins" if kind == "insert" else "del"
    begins = _("inserted:") if kind == "insert" else _("deleted:")
    return _CHANGED % (tag, begins, inner, tag)


def written(runs: Iterable[Run], notes: Notes) -> Markup:
    """Runs as HTML."""
    return _EMPTY.join(_run(run, notes) for run in runs)


def _run(run: Run, notes: Notes) -> Markup:
    if run.note:
        return _note(run.note, notes)
    text = escape(run.text)
    if BREAK in text:
        text = text.replace(BREAK, Markup("<br>"))
    if run.href:
        text = Markup('<a href="{href}" rel="noreferrer">{text}</a>').format(
            href=run.href, text=text
        )
    if run.italic:
        text = Markup("<em>{}</em>").format(text)
    return Markup("<strong>{}</strong>").format(text) if run.bold else text


def _note(key: str, notes: Notes) -> Markup:
    label, fragment = notes.get(key, ("*", ""))
    if not fragment:
        return Markup("<sup>{}</sup>").format(label)
    return Markup('<sup><a href="#{fragment}"><span class="unseen">{words} </span>{label}</a></sup>'
                  ).format(fragment=fragment, words=_("Footnote"), label=label)  # fmt: skip


def init_app(app: Flask) -> None:
    """Let templates write texts of drafts."""
    app.jinja_env.globals.update(
        marked=marked,
        redline=redline,
        inserted_text=inserted,
        deleted_text=deleted,
        plain_text=plain,
    )

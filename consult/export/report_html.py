"""Reports as one HTML file that stands alone: its own style, nothing loaded from anywhere."""

from collections.abc import Iterable
from html import escape

from consult.export.report import Heading, Part, Report, Span, Table, Text
from core.scripts import is_right_to_left

_STYLE = """
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.6;
  font-family: Georgia, "Noto Naskh Arabic", "Times New Roman", serif; color: #1a1a1a; }
.p { display: flex; gap: .75rem; margin-block: .6rem; }
.n { min-inline-size: 2.2rem; flex: none; }
.quiet { color: #444; } .banner { border: 1px solid; padding: .5rem 1rem; font-weight: bold; }
.d1 { margin-inline-start: 2rem; } .d2 { margin-inline-start: 4rem; }
.d3 { margin-inline-start: 6rem; } .d4 { margin-inline-start: 8rem; }
.d5 { margin-inline-start: 10rem; }
table { border-collapse: collapse; inline-size: 100%; } caption { text-align: start; }
th, td { border: 1px solid #888; padding: .3rem .5rem; text-align: start; vertical-align: top; }
ins { color: #1b5e20; } del { color: #8c1d18; }
"""


def html(report: Report) -> bytes:
    """The report as a page."""
    writer = _Writer(report)
    direction = _direction(report.language)
    body = "\n".join(writer.part(part) for part in report.parts)
    banner = f'<p class="banner">{escape(report.banner)}</p>\n' if report.banner else ""
    return (
        f'<!doctype html>\n<html lang="{escape(report.language)}" dir="{direction}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(report.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{banner}{body}\n{writer.footnotes()}</body>\n</html>\n"
    ).encode()


def _direction(language: str) -> str:
    return "rtl" if is_right_to_left(language) else "ltr"


class _Writer:
    """Writes parts, and numbers the footnotes in the order of their references."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.referred: list[str] = []

    def part(self, part: Part) -> str:
        """One part as markup."""
        if isinstance(part, Heading):
            label = f"{escape(part.label)} " if part.label else ""
            return f"<h{part.level}>{label}{_lines(part.text)}</h{part.level}>"
        return self._table(part) if isinstance(part, Table) else self._text(part)

    def _text(self, part: Text) -> str:
        where = f' lang="{escape(part.language)}" dir="{_direction(part.language)}"'
        said = f"<div{where if part.language else ''}>{self.spans(part.spans)}</div>"
        label = f'<span class="n">{escape(part.label)}</span>' if part.label else ""
        quiet = " quiet" if part.quiet else ""
        return f'<div class="p d{part.depth}{quiet}">{label}{said}</div>'

    def _table(self, part: Table) -> str:
        caption = f"<caption>{escape(part.caption)}</caption>" if part.caption else ""
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in part.headings)
        rows = (
            "<tr>" + "".join(f'<td dir="auto">{_lines(cell)}</td>' for cell in row) + "</tr>"
            for row in part.rows
        )
        body = "\n".join(rows)
        return f"<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"

    def spans(self, spans: Iterable[Span]) -> str:
        """Spans as markup; links only to addresses that inline marks may hold."""
        return "".join(self._span(span) for span in spans)

    def _span(self, span: Span) -> str:
        if span.note:
            return self._reference(span.note)
        text = _lines(span.text)
        text = f"<em>{text}</em>" if span.italic else text
        text = f"<strong>{text}</strong>" if span.bold else text
        if span.href:
            text = f'<a href="{escape(span.href)}" rel="noreferrer">{text}</a>'
        return {"insert": f"<ins>{text}</ins>", "delete": f"<del>{text}</del>"}.get(span.kind, text)

    def _reference(self, key: str) -> str:
        if key not in self.report.notes:
            return ""
        if key not in self.referred:
            self.referred.append(key)
        number = self.referred.index(key) + 1
        return f'<sup><a href="#note-{number}">{number}</a></sup>'

    def footnotes(self) -> str:
        """The footnotes that were referred to."""
        if not self.referred:
            return ""
        items = "\n".join(
            f'<li id="note-{number}">{self.spans(self.report.notes[key])}</li>'
            for number, key in enumerate(self.referred, start=1)
        )
        return f"<hr>\n<ol>\n{items}\n</ol>\n"


def _lines(text: str) -> str:
    return escape(text).replace("\u2028", "<br>").replace("\n", "<br>")

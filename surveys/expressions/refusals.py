"""What is wrong with an expression, as sentences with the place and the remedy."""

from difflib import get_close_matches

from core.texts import Lazy
from core.texts import lazy as _l

SHOWN = 20
STEPS_TO_ITEMS = ("root", "item")
"""The elements that lead to a list's choices in a look-up: XLSForm's own, always these."""
ITEMS = "".join(f"/{step}" for step in STEPS_TO_ITEMS)
LOOKUP = f"instance('list'){ITEMS}"
"""A look-up in a form's list, as XLSForms write it; no text to translate."""
_FILES = _l("it looks into files or lists that don't come with the form; make it a question")
_PLACES = _l("places on a map can't be computed with here")
_ELSEWHERE = _l("it can't be used here; take it out")
_NODE_NAMES = _l("names of nodes mean nothing here; take it out")
UNSUPPORTED: dict[str, Lazy] = {
    **dict.fromkeys(("pulldata", "pull-data", "search", "instance", "lookup"), _FILES),
    **dict.fromkeys(("area", "enclosed-area", "distance", "geofence"), _PLACES),
    **dict.fromkeys(("name", "local-name", "namespace-uri", "id", "lang"), _NODE_NAMES),
    "randomize": _l("let the question itself rotate its choices"),
    **dict.fromkeys(
        ("digest", "base64-decode", "extract-signed", "property", "version", "jr:itext"),
        _ELSEWHERE,
    ),
}
"""Functions other tools know and this one doesn't, with what to do instead."""

_SIGNS: dict[str, Lazy] = {
    "==": _l("write = once"),
    "<>": _l("write != for “is not”"),
    "&": _l("write the word: and, or"),
    "||": _l("write the word: and, or"),
    "|": _l("node-sets can't be joined with | here; name each question by itself"),
    "//": _l("write the question's code between ${ and }"),
    "::": _l("axes such as parent:: can't be used; write .. or ${code}"),
    "@": _l("attributes can't be used; write the question's code between ${ and }"),
    "[": _l("choices between brackets […] can be used only after %(lookup)s", lookup=LOOKUP),
    "]": _l("brackets […] can be used only after %(lookup)s", lookup=LOOKUP),
    "$": _l("write a question's code between ${ and }: letters, digits and _"),
    "*": _l("a * belongs between two numbers; it can't stand for any node"),
    "%": _l("write mod for the remainder, div 100 for a percentage"),
    "!": _l("write != for “is not”, not() for the opposite"),
    ";": _l("write a comma between arguments"),
    "^": _l("write pow(number, power)"),
    "÷": _l("write div"),
    "×": _l("write *"),
    "≤": _l("write <="),
    "≥": _l("write >="),
    "≠": _l("write !="),
}


class ExpressionError(ValueError):
    """What is wrong with an expression. `message`: a sentence with the place and the remedy."""

    def __init__(self, message: Lazy) -> None:
        super().__init__(message.message)
        self.message = message


def at_character(at: int, found: str, advice: Lazy) -> ExpressionError:
    """The error at this character, counted from 1."""
    shown = found if len(found) <= SHOWN else found[:SHOWN]
    return ExpressionError(
        _l("Character %(at)s, “%(found)s”: %(advice)s.", at=at, found=shown, advice=advice)
    )


def too_early(advice: Lazy) -> ExpressionError:
    """The error of an expression that breaks off."""
    return ExpressionError(_l("The expression ends too early: %(advice)s.", advice=advice))


def unreadable(expression: str, at: int) -> ExpressionError:
    """The error for what begins at this place, from 0, and is no part of the language."""
    rest = expression[at:]
    if rest[0] in "'\"‘’“”":
        return at_character(at + 1, rest, _l("close the quotation mark"))
    return at_character(at + 1, rest, advice_on(rest))


def advice_on(rest: str) -> Lazy:
    """What to write instead of the sign this text begins with."""
    for sign, advice in _SIGNS.items():
        if rest.startswith(sign):
            return advice
    return _ELSEWHERE


def unknown_function(name: str, at: int, known: list[str]) -> ExpressionError:
    """The error for a function that isn't in the table."""
    if name in UNSUPPORTED:
        advice = UNSUPPORTED[name]
    elif name.lower() in known:
        advice = _l("write it in small letters: %(name)s()", name=name.lower())
    elif near := get_close_matches(name[:SHOWN], known, n=1, cutoff=0.75):
        advice = _l("perhaps %(name)s() is meant", name=near[0])
    else:
        advice = _l("it is none of XLSForm's functions; take it out")
    return ExpressionError(
        _l(
            "Character %(at)s: the function %(name)s() can't be used here: %(advice)s.",
            at=at,
            name=name,
            advice=advice,
        )
    )


def too_large(nodes: int, depth: int) -> ExpressionError:
    """The error for a tree of too many parts, or nested too deep."""
    return ExpressionError(
        _l(
            "This expression has more than %(nodes)s parts or is nested more than %(depth)s deep. "
            "Simplify it.",
            nodes=nodes,
            depth=depth,
        )
    )

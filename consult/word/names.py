"""Names of WordprocessingML, as lxml writes them, and the readings of its small values."""

from typing import Any

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
CHOICES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
WORD_2012 = "http://schemas.microsoft.com/office/word/2012/wordml"
XML = "http://www.w3.org/XML/1998/namespace"

STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": MAIN,
    "http://purl.oclc.org/ooxml/officeDocument/math": MATH,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": LINKS,
}
"""The same vocabularies in files saved as "Strict Open XML", and what they are read as."""

_OFF = {"0", "false", "off", "none"}


def w(name: str) -> str:
    """The full name of an element or attribute of the main vocabulary."""
    return f"{{{MAIN}}}{name}"


def m(name: str) -> str:
    """The full name of an element of formulas."""
    return f"{{{MATH}}}{name}"


def value(element: Any, name: str = "val") -> str | None:
    """An attribute of an element that may not be there; None where either is missing."""
    return None if element is None else element.get(w(name))


def number(element: Any, name: str = "val") -> int | None:
    """An attribute that is a whole number; None where it is missing or none."""
    given = value(element, name)
    try:
        return None if given is None else int(float(given))
    except (ValueError, OverflowError):
        return None


def is_on(element: Any) -> bool | None:
    """A switch such as `<w:b/>`; None where it isn't set at all."""
    if element is None:
        return None
    return (value(element) or "on").lower() not in _OFF

"""Languages by their codes (BCP 47): recognised as typed, and called as their speakers call them.

All from CLDR; a language it doesn't name is called by its code. It refuses to know which languages
the interface speaks.
"""

import re
import unicodedata
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

LONGEST_CODE = 35
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*|x(?:[-_][a-z0-9]{1,8})+", re.IGNORECASE)
_SCRIPT, _COUNTRY = 4, 2
_NAMED_IN = ("en", "fr", "es", "ar", "pt", "de")
"""The languages whose names for languages are understood, besides every language's own."""
SUGGESTED = (
    "en", "fr", "es", "ar", "pt", "ru", "zh-Hans", "zh-Hant", "fa", "prs", "ps", "ur", "uk", "tr",
    "so", "ti", "am", "sw", "ha", "bn", "my", "ne", "hi", "id", "th", "vi", "it", "de", "el",
    "sr", "sq", "ckb", "ku", "ro", "pl", "hu", "ht", "uz", "tg", "km", "ta", "si",
)  # fmt: skip
"""Languages often asked for, to choose from; any other can be typed."""


@cache
def own_name(language: str) -> str:
    """The language's name in itself, such as "français"; its English name, else its code."""
    alias = get_global("language_aliases").get(language, language)
    return _name_in(alias, alias) or name_in(language, "en")


@lru_cache(maxsize=2_000)
def name_in(language: str, spoken: str) -> str:
    """The language's name in the language spoken, else in English, else its code."""
    alias = get_global("language_aliases").get(language, language)
    named = (_name_in(code, said) for said in (spoken, "en") for code in (language, alias))
    return next(filter(None, named), language)


def _name_in(language: str, spoken: str) -> str:
    """The name as CLDR has it, the regional one where there is one; "" for none."""
    try:
        names = Locale.parse(spoken.replace("-", "_")).languages
    except (UnknownLocaleError, ValueError):
        return ""
    code = language.replace("-", "_")
    if code in names:
        return str(names[code])
    try:
        return Locale.parse(code).get_display_name(spoken.replace("-", "_")) or ""
    except (UnknownLocaleError, ValueError):
        return ""


def code_of(typed: str) -> str | None:
    """The code somebody means: a code in its usual letters, or a language's name; None for none.

    "zh_hant" is zh-Hant, "Français" and "French" are fr, "Dari" is prs.
    """
    typed = typed.strip()
    named = _codes_by_name().get(_folded(typed))
    if named:
        return named
    if len(typed) > LONGEST_CODE or not _CODE.fullmatch(typed):
        return None
    code = _in_usual_letters(typed)
    return code if code.startswith("x-") or _is_known(code) else None


def _in_usual_letters(code: str) -> str:
    base, *parts = code.replace("_", "-").split("-")
    if base.lower() == "x":
        return code.replace("_", "-").lower()
    usual = [
        part.title() if len(part) == _SCRIPT and part.isalpha()
        else part.upper() if len(part) == _COUNTRY
        else part.lower()
        for part in parts
    ]  # fmt: skip
    return "-".join((base.lower(), *usual))


def _is_known(code: str) -> bool:
    """Whether CLDR has heard of the language, by a name or by where it is spoken."""
    base = code.partition("-")[0]
    return (
        base in Locale("en").languages
        or base in get_global("likely_subtags")
        or base in get_global("language_aliases")
    )


@cache
def _codes_by_name() -> dict[str, str]:
    codes: dict[str, str] = {}
    for spoken in _NAMED_IN:
        for code, name in Locale(spoken).languages.items():
            if "_" not in code:
                codes.setdefault(_folded(name), code)
    for code in SUGGESTED:
        for name in (own_name(code), name_in(code, "en")):
            codes.setdefault(_folded(name), code)
    return codes | {"dari": "prs"}


def _folded(name: str) -> str:
    """Without case and accents, as names are typed."""
    plain = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))

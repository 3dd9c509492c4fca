"""Languages as headings name them: "French (fr)", "fr", "Français" or a name nobody else knows.

A heading becomes a language tag (BCP 47), by its code, else by its name in the languages spoken
here or in itself, else as a private tag made of the name, the same every time.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError

_BRACKETED = re.compile(
    r"(?P<name>.*?)\s*[(\[](?P<code>x(?:-[a-z0-9]{1,8})+|[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)[)\]]"
)
_BARE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_PRIVATE = re.compile(r"x(-[a-z0-9]{1,8})+")
_SURELY = re.compile(r"^..$|[-_]")  # no language's name is as short, or has a subtag
_SPOKEN = ("en", "fr", "es", "ar")
# Where forms come from: their names in themselves are known too.
_AUTONYMS = (
    "am", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "et", "fa", "fi", "ha",
    "he", "hi", "hr", "hu", "hy", "id", "ig", "it", "ja", "ka", "kk", "km", "ko", "ky", "lo",
    "lt", "lv", "mk", "mn", "ms", "my", "ne", "nl", "no", "om", "pa", "pl", "ps", "pt", "ro",
    "ru", "rw", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "te", "th", "ti", "tk",
    "tr", "uk", "ur", "uz", "vi", "yo", "zh", "zu",
)  # fmt: skip


def language_tag(heading: str) -> str:
    """The tag of the language a heading names: "fr" for "Français (fr)", "fr" or "French"."""
    heading = heading.strip()
    if _PRIVATE.fullmatch(heading):
        return heading
    if match := _BRACKETED.fullmatch(heading):
        return _regional(match["name"], match["code"]) or _written(match["code"])
    if _BARE.fullmatch(heading) and (_SURELY.search(heading) or _is_code(heading)):
        return _written(heading)
    return _named(heading) or _private(heading)


def _written(code: str) -> str:
    language, *rest = code.replace("_", "-").split("-")
    return "-".join((language.lower(), *rest))


def _regional(name: str, code: str) -> str | None:
    """Behind a known language, capitals that are no language's own code are a country's."""
    named = _named(name) if code.isupper() else None
    return f"{named}-{code}" if named and named != code.lower() else None


@lru_cache(maxsize=256)
def _is_code(word: str) -> bool:
    try:
        return Locale.parse(word.lower()).language == word.lower()
    except (UnknownLocaleError, ValueError):
        return word.lower() in Locale("en").languages


def _named(name: str) -> str | None:
    folded = _folded(name)
    return _names(_SPOKEN).get(folded) or _autonyms().get(folded)


@lru_cache(maxsize=1)
def _names(languages: tuple[str, ...]) -> dict[str, str]:
    """Codes by the names of languages in these languages, the earlier language first."""
    names: dict[str, str] = {}
    for language in languages:
        for code, name in Locale(language).languages.items():
            if "_" not in code:
                names.setdefault(_folded(name), code)
    return names


@lru_cache(maxsize=1)
def _autonyms() -> dict[str, str]:
    own = {code: Locale(code).get_language_name(code) for code in _AUTONYMS}
    return {_folded(name): code for code, name in own.items() if name}


def _folded(name: str) -> str:
    """Without case and accents, as names are typed: "francais" is Français."""
    plain = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _private(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", _folded(name))
    if not words or any(not word.isascii() for word in _folded(name).split()):
        words = [hashlib.sha256(_folded(name).encode()).hexdigest()[:8]]
    parts = [word[at : at + 8] for word in words for at in range(0, len(word), 8)]
    return "-".join(("x", *parts[:4]))

"""Which way a language is written, and where it is at home: any language, as CLDR has it.

An unknown code is taken for a language written from left to right. It refuses to know which
languages the interface speaks.
"""

from functools import cache

from babel.core import get_global

RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Rohg", "Adlm", "Mand"})
_SCRIPT, _COUNTRY = 4, 2
"""How many letters these parts of a language's code have, as in az-Arab-IR."""


def is_right_to_left(language: str) -> bool:
    """Whether a language is written from right to left, by its script."""
    return script_and_country(language)[0] in RIGHT_TO_LEFT


@cache
def script_and_country(language: str) -> tuple[str, str]:
    """A language's script and country, CLDR's likeliest where the code doesn't say; "" if none."""
    base, *parts = language.replace("-", "_").split("_")
    whole = get_global("language_aliases").get(base.lower(), base.lower()).split("_")
    parts += whole[1:]
    script = next((part.title() for part in parts if len(part) == _SCRIPT), "")
    country = next((part.upper() for part in parts if len(part) == _COUNTRY), "")
    likely = get_global("likely_subtags")
    # Where a language is at home may decide its script: Punjabi in Pakistan, Uzbek in Afghanistan.
    guess = likely.get(f"{whole[0]}_{country}") or likely.get(whole[0], "")
    known = guess.split("_") if guess.count("_") == _COUNTRY else ["", "", ""]
    return script or known[1], country or known[2]

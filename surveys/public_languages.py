"""Languages of public questionnaires: any there are, of which the interface speaks only a few.

What a language is called by those who speak it, and which language of the interface its readers
most likely know. All from CLDR; an unknown code is left as it is.
"""

from collections.abc import Collection, Sequence
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from core.scripts import script_and_country

FALLBACK = "en"


@cache
def own_name(language: str) -> str:
    """The language's name in itself, such as "français"; its code where CLDR has no name."""
    try:
        found = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return language
    return found.get_display_name(found) or language


def interface_for(language: str, spoken: Sequence[str], wished: Collection[str]) -> str:
    """The interface's language for a questionnaire in `language`.

    Itself where it is `spoken` by the interface; else one the browser `wished` for; else an
    official one of the country where the language is most at home; else English.
    """
    base = language.replace("_", "-").partition("-")[0].lower()
    if base in spoken:
        return base
    for wish in wished:
        if wish in spoken:
            return wish
    country = script_and_country(language)[1]
    official = get_official_languages(country, de_facto=True)
    return next((one for one in official if one in spoken), FALLBACK)

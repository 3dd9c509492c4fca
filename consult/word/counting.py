"""How Word writes a count: digits, letters, Roman numerals, and the letters of Arabic lists."""

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_INDIC = {ord(str(digit)): 0x660 + digit for digit in range(10)}
_LARGEST = 30_000


def written(count: int, form: str) -> str:
    """A count in one of Word's number formats; digits where the format is none of those known."""
    if form in {"none", "bullet"}:
        return ""
    if not 0 < count < _LARGEST:
        return str(count)
    return _FORMS[form](count) if form in _FORMS else str(count)


def repeated(count: int, letters: str) -> str:
    """The letter of a count; after the last one, letters are doubled: y, z, aa, bb."""
    times, at = divmod(count - 1, len(letters))
    return letters[at] * (times + 1)


def roman(count: int) -> str:
    """A count in small Roman numerals."""
    found = ""
    for size, numeral in _ROMAN:
        times, count = divmod(count, size)
        found += numeral * times
    return found


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": lambda count: repeated(count, _LATIN),
    "upperLetter": lambda count: repeated(count, _LATIN).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "decimalZero": lambda count: f"{count:02}",
    "arabicAlpha": lambda count: repeated(count, _ALPHA),
    "arabicAbjad": lambda count: repeated(count, _ABJAD),
    "hindiNumbers": lambda count: str(count).translate(_INDIC),
}

"""Choices and rows made from lines of text, and what becomes of their codes."""

from collections.abc import Iterable, Sequence

from surveys.definition import Choice
from surveys.editing.codes import code_from, free

_USUAL = {
    "other": ("other", "autre", "otro", "otra", "أخرى", "غير ذلك"),
    "none": ("none", "none of these", "none of the above", "aucun", "aucune", "aucun de ceux-ci",
             "aucune de ces réponses", "ninguno", "ninguna", "ninguna de las anteriores",
             "لا شيء", "لا شيء مما سبق"),
    "dont_know": ("don't know", "do not know", "ne sait pas", "je ne sais pas", "no sabe",
                  "no sé", "لا أعرف", "لا أدري"),
    "prefer_not_to_say": ("prefer not to say", "prefer not to answer", "préfère ne pas répondre",
                          "prefiere no responder", "أفضل عدم الإجابة"),
}  # fmt: skip
USUAL = {text: code for code, texts in _USUAL.items() for text in texts}
"""Choices whose code says what they do: ask for a text, stand alone, count as no answer."""


def choices_from(
    lines: Iterable[str], language: str, present: Sequence[Choice], *, numbered: bool
) -> tuple[Choice, ...]:
    """The choices there are, and one for each line that says something new.

    `numbered`: steps of a scale get the next numbers as codes; else codes are made from the texts.
    """
    found = list(present)
    known = {choice.texts.get(language, "") for choice in present}
    for line in lines:
        text = " ".join(line.split()).lstrip("-•*– ").strip()
        if text and text not in known:
            known.add(text)
            code = next_code(text, [c.code for c in found], numbered=numbered)
            found.append(Choice(code=code, texts={language: text}))
    return tuple(found)


def next_code(text: str, taken: Sequence[str], *, numbered: bool) -> str:
    """A code for a new choice: the usual one of "other" and the like, else from the text.

    In a list of numbers, the next number.
    """
    usual = USUAL.get(" ".join(text.lower().replace("’", "'").split()).strip(".,:; "))
    if usual and usual not in taken:
        return usual
    if numbered:
        numbers = [int(code) for code in taken if code.isdecimal()]
        return free(str(max(numbers, default=0) + 1), taken)
    return code_from(text, taken, fallback="choice")

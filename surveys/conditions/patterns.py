"""Regular expressions: the subset RE2 and every browser understand alike.

Reads a pattern by JavaScript's rules and writes it anew for RE2, which takes time in proportion to
the text, whatever the pattern. It refuses by name what one of the two can't do, or does
differently.
"""

import re
from functools import lru_cache
from typing import Any

import re2

from core.texts import Lazy
from core.texts import lazy as _l
from surveys.conditions.ranges import CLASSES, LINE_ENDS, Characters, character

MOST_REPEATS = 1000
LONGEST = 1000
_COUNT = re.compile(r"(?<=[{,])[0-9]{1,9}(?=[,}])")
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"}
_CATEGORY = re.compile(r"\{(L|Lu|Ll|Lt|Lm|Lo|M|Mn|Mc|N|Nd|P|S|Z|Zs)\}")
_REPEAT = re.compile(r"[*+?]|\{([0-9]+)(?:(,)([0-9]*))?\}")
_NO_ADVICE = _l("take it out")


class PatternError(ValueError):
    """What is wrong with a pattern. `at`: the place in it from 0; `advice`: what to do."""

    def __init__(self, at: int, found: str, advice: Lazy) -> None:
        super().__init__(found)
        self.at = at
        self.found = found
        self.advice = advice


def finds(pattern: str, text: str) -> bool:
    """Whether the pattern is found anywhere in the text; PatternError if it isn't of the subset."""
    whole = text.encode("utf-8", "replace").decode()
    return compiled(pattern).search(whole) is not None


@lru_cache(maxsize=1024)
def weight(pattern: str) -> int:
    """How much is to be made of a readable pattern: its length and the repeats it counts."""
    return len(pattern) + sum(min(int(count), MOST_REPEATS) for count in _COUNT.findall(pattern))


@lru_cache(maxsize=64)  # each may keep some megabytes
def compiled(pattern: str) -> Any:
    """The pattern made for RE2; PatternError if it isn't of the subset."""
    if len(pattern) > LONGEST:
        raise PatternError(0, pattern[:20], _l("use patterns of at most 1,000 characters"))
    rewritten = _Reader(pattern).alternatives()
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(rewritten, options)
    except re2.error:
        raise PatternError(0, pattern[:20], _l("this pattern is too large; shorten it")) from None


class _Reader:
    """Reads a pattern from its start; each method returns what it read, rewritten for RE2."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._depth = 0

    def alternatives(self) -> str:
        parts = []
        while self._at < len(self._pattern):
            if self._here(")") and self._depth:
                break
            parts.append("|" if self._take("|") else self._piece())
        return "".join(parts)

    def _piece(self) -> str:
        repeatable, atom = self._atom()
        found = _REPEAT.match(self._pattern, self._at)
        if found is None:
            return atom
        if not repeatable:
            raise self._error(found[0], _l("there is nothing to repeat before it"))
        return atom + self._repeat(found)

    def _repeat(self, found: re.Match[str]) -> str:
        counts = [int(count) for count in (found[1], found[3]) if count]
        if any(count > MOST_REPEATS for count in counts):
            raise self._error(found[0], _l("repeat at most 1,000 times"))
        if counts != sorted(counts):
            raise self._error(found[0], _l("write the smaller number first"))
        self._at = found.end()
        lazily = "?" if self._take("?") else ""
        if again := _REPEAT.match(self._pattern, self._at):
            raise self._error(again[0], _l("repeat once, or put a group around the first"))
        return found[0] + lazily

    def _atom(self) -> tuple[bool, str]:
        sign = self._pattern[self._at]
        if sign == "(":
            return True, self._group()
        if sign == "[":
            return True, self._class()
        if sign == "\\":
            return self._escape()
        if sign in "*+?{}])":
            advice = _l("write %(escaped)s for the character itself", escaped="\\" + sign)
            raise self._error(sign, advice)
        self._at += 1
        if sign in "^$":
            return False, sign
        if sign == ".":
            return True, LINE_ENDS.written(negated=True)
        return True, character(ord(sign)).written()

    def _group(self) -> str:
        start = self._at
        if self._pattern.startswith("(?", start) and not self._pattern.startswith("(?:", start):
            raise self._error(self._pattern[start : start + 4], _GROUPS)
        self._at += 3 if self._pattern.startswith("(?:", start) else 1
        self._depth += 1
        inside = self.alternatives()
        self._depth -= 1
        if not self._take(")"):
            self._at = start
            raise self._error("(", _l("this bracket is not closed with )"))
        return f"(?:{inside})"

    def _escape(self) -> tuple[bool, str]:
        letter = self._pattern[self._at + 1 : self._at + 2]
        if letter in {"b", "B"}:
            self._at += 2
            return False, "\\" + letter
        return True, self._escaped().written()

    def _escaped(self) -> Characters:
        """What a backslash and what follows stand for, inside a class or outside."""
        rest = self._pattern[self._at + 1 :]
        letter = rest[:1]
        if not letter:
            raise self._error("\\", _l("a character belongs after it"))
        if letter in {"p", "P"} and (category := _CATEGORY.match(rest, 1)):
            self._at += 1 + category.end()
            return Characters((), ("\\" + letter + category[0],))
        if letter.isascii() and letter.isalnum() and letter not in {*CLASSES, *_CONTROLS}:
            raise self._error("\\" + letter, _NO_ADVICE)
        self._at += 2
        if letter in CLASSES:
            return CLASSES[letter]
        return character(ord(_CONTROLS.get(letter, letter)))

    def _class(self) -> str:
        start = self._at
        self._at += 1
        negated = self._take("^")
        found = Characters(())
        if self._here("]"):
            raise self._error("[]", _l("characters belong between [ and ]"))
        while not self._take("]"):
            if self._at >= len(self._pattern):
                self._at = start
                raise self._error("[", _l("this bracket is not closed with ]"))
            found = found.joined(self._range())
        return found.written(negated=negated)

    def _range(self) -> Characters:
        start = self._at
        first = self._member()
        ranges = self._here("-") and self._pattern[self._at + 1 : self._at + 2] not in {"", "]"}
        if not ranges or first.single is None:
            return first
        self._at += 1
        last = self._member()
        if last.single is None:
            raise self._error(self._pattern[start : self._at], _l("a range ends with a character"))
        if last.single < first.single:
            raise self._error(self._pattern[start : self._at], _l("write the range the other way"))
        return Characters(((first.single, last.single),))

    def _member(self) -> Characters:
        if self._pattern.startswith(("[:", "[.", "[="), self._at):
            advice = _l("write the characters themselves, such as a-z or 0-9")
            raise self._error(self._pattern[self._at : self._at + 2], advice)
        if self._here("\\"):
            return self._escaped()
        self._at += 1
        return character(ord(self._pattern[self._at - 1]))

    def _here(self, character: str) -> bool:
        return self._pattern.startswith(character, self._at)

    def _take(self, character: str) -> bool:
        found = self._here(character)
        self._at += len(character) if found else 0
        return found

    def _error(self, found: str, advice: Lazy) -> PatternError:
        return PatternError(self._at, found, advice)


_GROUPS = _l("of groups that begin with ? only (?: can be used")

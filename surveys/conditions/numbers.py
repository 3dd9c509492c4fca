"""Arithmetic as XPath and JavaScript know it: no exceptions, but NaN, infinities and minus zero."""

import math
from collections.abc import Callable

MOST_DIGITS = 30


def added(*numbers: float) -> float:
    """The sum, from left to right."""
    total = numbers[0]
    for number in numbers[1:]:
        total += number
    return total


def multiplied(*numbers: float) -> float:
    """The product, from left to right."""
    product = numbers[0]
    for number in numbers[1:]:
        product *= number
    return product


def subtracted(left: float, right: float | None = None) -> float:
    """The difference; of one number, its negative."""
    return -left if right is None else left - right


def divided(left: float, right: float) -> float:
    """The quotient; a division by zero is an infinity, of zero by zero NaN."""
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def remainder(left: float, right: float) -> float:
    """What truncating division leaves, with the sign of the left number."""
    if math.isinf(left) or right == 0:
        return math.nan
    return math.fmod(left, right)


def floor(number: float) -> float:
    """The largest whole number not above."""
    return math.copysign(math.floor(number), number) if math.isfinite(number) else number


def ceiling(number: float) -> float:
    """The smallest whole number not below."""
    return math.copysign(math.ceil(number), number) if math.isfinite(number) else number


def truncated(number: float) -> float:
    """The number without its fraction."""
    return math.copysign(math.trunc(number), number) if math.isfinite(number) else number


def rounded(number: float, digits: float = 0.0) -> float:
    """The nearest number with so many digits after the point (before it, if negative).

    Of two equally near the greater, as XPath's round(); NaN past 30 digits, as ODK Collect.
    """
    places = truncated(digits)
    if not abs(places) <= MOST_DIGITS:
        return math.nan
    if not math.isfinite(number):
        return number
    power = float(f"1e{abs(int(places))}")
    if places > 0:
        return _nearest(number * power) / power
    return _nearest(number / power) * power


def _nearest(number: float) -> float:
    if not math.isfinite(number):
        return number
    below = math.floor(number)
    return math.copysign(below if number - below < 0.5 else below + 1, number)  # noqa: PLR2004  # halves


def power(base: float, exponent: float) -> float:
    """The power, as JavaScript has it: 1 to an infinite power is NaN."""
    if math.isnan(exponent) or (math.isinf(exponent) and abs(base) == 1):
        return math.nan
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return _signed(math.inf, base, exponent)
    except ValueError:  # a root of a negative number, or 1 divided by zero
        return _signed(math.inf, base, exponent) if base == 0 else math.nan


def _signed(size: float, base: float, exponent: float) -> float:
    odd = exponent % 2 == 1
    return math.copysign(size, base) if odd else size


def power_of_ten(exponent: float) -> float:
    """10 to this power; exact where the exponent is whole."""
    whole = math.isfinite(exponent) and exponent == int(exponent)
    return float(f"1e{int(exponent)}") if whole else power(10.0, exponent)


def logarithm(number: float, *, of: Callable[[float], float] = math.log) -> float:
    """The natural logarithm, or another: minus infinity of zero, NaN of negative numbers."""
    if number == 0:
        return -math.inf
    return math.nan if number < 0 else of(number)


def total(function: Callable[..., float]) -> Callable[..., float]:
    """The function with NaN where it is undefined, infinity where it exceeds every number."""

    def defined(*numbers: float) -> float:
        try:
            return function(*numbers)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return defined


def greatest(*numbers: float) -> float:
    """The greatest; NaN of none, or where one is NaN."""
    known = numbers and not any(map(math.isnan, numbers))
    return max(numbers, key=_with_sign) if known else math.nan


def least(*numbers: float) -> float:
    """The smallest; NaN of none, or where one is NaN."""
    known = numbers and not any(map(math.isnan, numbers))
    return min(numbers, key=_with_sign) if known else math.nan


def _with_sign(number: float) -> tuple[float, float]:
    """What orders numbers as JavaScript does: minus zero comes before zero."""
    return number, math.copysign(1.0, number)

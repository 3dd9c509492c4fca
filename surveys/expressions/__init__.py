"""Expressions as people write them in XLSForm: XPath 1.0 with ODK's functions.

It turns writing into trees and trees into writing, and refuses to know what they mean
(`surveys.conditions`) or which questions exist.
"""

from surveys.expressions.grammar import MAX_LENGTH, parse
from surveys.expressions.paths import Resolve
from surveys.expressions.refusals import UNSUPPORTED, ExpressionError
from surveys.expressions.writing import render

__all__ = ["MAX_LENGTH", "UNSUPPORTED", "ExpressionError", "Resolve", "parse", "render"]

"""What is wrong with a questionnaire before it is published: pure functions of the document.

`findings` is the way in, for the reader of forms and for the editor alike. The package refuses to
know where a questionnaire comes from and who may publish it.
"""

from surveys.checks.finding import Finding, Severity, Sort
from surveys.checks.findings import findings

__all__ = ["Finding", "Severity", "Sort", "findings"]

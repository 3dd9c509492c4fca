"""XLSForm: a spreadsheet becomes a questionnaire, or a list of everything wrong with it.

`read` is the way in, `write` the way out. The package knows the columns, types and limits of
XLSForm and of our own additions (`plenary_…`), and refuses to know of the database and of who
uploaded the file.
"""

from surveys.xlsform.form import Reading, read
from surveys.xlsform.problems import Problem
from surveys.xlsform.writing import write

__all__ = ["Problem", "Reading", "read", "write"]

"""The commands of consultations: one group, which the modules of this package add to."""

from flask.cli import AppGroup

group = AppGroup("consult", help="Drafts of a text, and what members say of them.")

"""The commands of surveys: one group, which the modules of this package add to."""

from flask.cli import AppGroup

group = AppGroup("surveys", help="Questionnaires, waves and answers.")

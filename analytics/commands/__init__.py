"""The commands of analytics: one group, which the modules of this package add to."""

from flask.cli import AppGroup

group = AppGroup("analytics", help="Figures and exports of a wave.")

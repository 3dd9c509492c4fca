"""The forms of this package: their shape; the rules stand in the services."""

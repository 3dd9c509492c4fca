"""Who takes part: organisations, people, roles, sign-in, calls, participation and reminders."""

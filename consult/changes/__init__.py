"""From one draft to the next: operations, what they make of a text and of who spoke to it."""

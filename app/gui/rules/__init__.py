"""The rules on the desk: their mirror, the undo stack, and the list."""

"""An Arduino Uno in simavr, running programs that others wrote."""

"""Stand-ins for the edges we do not own; they share no code with the program they judge."""

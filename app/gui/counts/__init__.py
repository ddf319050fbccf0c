"""What rules count, what is owed, and what the streamer presses. Rule: the core holds it all."""

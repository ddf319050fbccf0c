"""Configured devices: their links, queues, limits and safe states; STOP lives here."""

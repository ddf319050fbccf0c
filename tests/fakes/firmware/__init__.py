"""Boards that speak the Giftwire line protocol: the real sketch, and one that misbehaves on demand."""

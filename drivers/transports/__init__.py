"""Pipes of bytes: each opens, writes, reports loss, and knows nothing of what it carries."""

"""The Settings page and what it is made of."""

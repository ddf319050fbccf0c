"""The Live page and what it is made of."""

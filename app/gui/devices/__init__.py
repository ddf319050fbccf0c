"""The Devices page and what it is made of."""

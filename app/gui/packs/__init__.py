"""Packs on the Rules page: taking them over, and giving own rules away."""

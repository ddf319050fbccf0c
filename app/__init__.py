"""Giftwire: TikTok gifts move devices on the desk of the streamer."""

__version__ = "0.1.0"

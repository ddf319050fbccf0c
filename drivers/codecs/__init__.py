"""Codecs of device families: bytes to messages and back, without input or output."""

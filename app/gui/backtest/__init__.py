"""Trying rules out on a stream: what is chosen, the process that plays it, and what came of it.

One rule: no device is touched and nothing is sent; everything happens in a process of its own.
"""

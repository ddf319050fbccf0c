"""A TikTok LIVE on the loopback: real wire format, scripted streams and faults, kept evidence.

How to use it: README.md beside this file. It never imports the program.
"""

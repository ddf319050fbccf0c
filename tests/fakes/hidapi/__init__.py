"""A stand-in for the package hidapi: put this folder first on the path.

One rule: same names and results as the real one; what it speaks to is `tests.fakes.hid_bus`.
"""

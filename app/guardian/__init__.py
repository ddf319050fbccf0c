"""The guardian: starts, watches and restarts the core, and makes devices safe when it is gone.

One rule: stdlib and pyserial only, so that it is small and has little to fail.
"""

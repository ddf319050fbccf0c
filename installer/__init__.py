"""Set-up, gate and freezing of Giftwire; the standard library only until the environment exists."""

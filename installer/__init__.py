"""Set-up, gate and freezing of Giftwire; stdlib only up to the point where the environment exists."""

"""Settings of what rules reach outside the devices. Rule: the core holds them, secrets unseen."""

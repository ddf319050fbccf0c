"""The window: the only room with Qt. It reaches the core through the control channel only."""

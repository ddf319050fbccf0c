"""What happened and why: past gifts, and what every rule said to an event."""

"""The ways a recipe is sent, one file each. One rule: blocking, bounded in time, no core needed."""

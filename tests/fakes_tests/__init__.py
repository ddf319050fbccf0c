"""Tests of the stand-ins themselves: a fake that lies makes every other test worthless."""

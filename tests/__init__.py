"""Tests of Giftwire; they mirror the tree they test."""

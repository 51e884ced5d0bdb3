"""Tests of the code server's stand-in."""

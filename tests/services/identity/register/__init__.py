"""Tests of how the register is read and kept."""

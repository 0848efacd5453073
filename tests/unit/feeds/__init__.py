"""Tests of what fills the catalog."""

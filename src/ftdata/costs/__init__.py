"""Tokens -> money."""

"""Report -> text and JSON."""

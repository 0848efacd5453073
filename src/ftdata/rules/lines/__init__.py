"""Rules about files and lines: FT1xx, raised by name where a source is read."""

"""Text -> exact token counts, offline."""

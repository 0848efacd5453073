"""Chat templates: read, rendered in a sandbox with bounds, probed with markers, and counted."""

"""FT5xx: what the length limit of a target does to an example."""

"""FT3xx: who speaks, in which order, and whether anything is said."""

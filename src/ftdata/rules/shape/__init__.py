"""FT2xx: what the target's JSON Schema says about the shape of a record."""

"""FT4xx: tools that are declared, called and answered."""

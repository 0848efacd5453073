"""FT6xx: the data set as a whole."""

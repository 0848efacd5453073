"""FT42x: images that turns hold: how many, how large, of which type, and where from."""

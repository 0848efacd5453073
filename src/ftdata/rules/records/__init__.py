"""FT22x: why a row, or a part of a document, cannot become an example."""

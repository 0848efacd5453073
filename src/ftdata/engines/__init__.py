"""Who runs the operators."""

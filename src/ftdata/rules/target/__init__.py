"""FT7xx: the target and the model: until when they can be trained, and what they reserve."""

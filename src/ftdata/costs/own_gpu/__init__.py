"""Training on one's own GPU, or a rented one: memory, hours, price."""

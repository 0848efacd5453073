"""Pure steps: (plan, batch) -> mergeable result. They know nothing of who runs them."""

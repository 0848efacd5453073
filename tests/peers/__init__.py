"""Real consumers read our files, and share our verdicts."""

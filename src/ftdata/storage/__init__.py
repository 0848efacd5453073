"""Where bytes lie: opens, measures, lists, writes and removes files, wherever a path says they are."""

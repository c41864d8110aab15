"""The data that experiments generate, and the work that is done on it."""

"""The lab: measures distributed computing frameworks for Python, side by side, by one command."""

"""The views of the terminal."""

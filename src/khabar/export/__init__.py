"""What leaves the program: one file a format, and what the formats and views share."""

"""Arabic reports that we wrote, annotated by hand, and the programs that check and count them."""

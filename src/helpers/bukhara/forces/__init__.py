"""How many men stood on either side, and how they came together."""

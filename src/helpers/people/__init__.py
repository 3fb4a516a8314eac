"""The people of the campaign: their lives and fates, the index of their names, and where the book names them."""

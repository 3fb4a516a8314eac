"""This war: Kolesov's campaign against Bukhara, March 1918. Nothing outside this folder knows of it."""

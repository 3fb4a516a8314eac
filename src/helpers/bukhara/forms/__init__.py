"""The forms of single chapters, in which a reader tries a calendar or a choice of sources."""

"""Which sources count: choices of texts, what rests on what, and the readings taken again under a choice."""

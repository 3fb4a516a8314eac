"""How notebooks become pages: HTML for figures and tables, execution, the Sphinx extension, the last look."""

"""Tables of any shape into quads, by a mapping file: W3C's CSV on the Web, and views in SQL.

https://www.w3.org/TR/tabular-metadata/ and https://www.w3.org/TR/csv2rdf/ (minimal mode), as far
as docs/mappings.md says; what is not followed is refused.
"""

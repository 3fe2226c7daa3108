"""What the ontology's documentation says of each term; it knows of no page and no file format."""

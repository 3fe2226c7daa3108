"""The OWL tools of `make ontology` and `servanda check-ontology`; serving needs none of them."""

"""Tables of undertakings, evidence, adherences and amounts: from rows to statements."""

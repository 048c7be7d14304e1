"""The field's rules in plain Python: frameworks, sheets, tallies, scores and what follows."""

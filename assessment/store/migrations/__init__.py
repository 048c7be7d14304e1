"""The steps from one schema to the next, one change each, numbered."""

"""The parts of the gap report: a module each, from a source to what stands on its pages."""

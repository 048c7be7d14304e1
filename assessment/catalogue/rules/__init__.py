"""What the fields of a criteria file must mean together; a module a subject, a function a rule."""

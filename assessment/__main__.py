"""`python -m assessment` is the installed command `touchstone`."""

# The processes of a press import this file too, and need no commands.
if __name__ == "__main__":
    from assessment.cli import main

    main(prog_name="touchstone")

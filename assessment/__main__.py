"""`python -m assessment` is the installed command `touchstone`."""

from assessment.cli import main

if __name__ == "__main__":
    main(prog_name="touchstone")

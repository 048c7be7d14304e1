"""Files that come in and go out: answers, invitations and targets as CSV, results as JSON."""

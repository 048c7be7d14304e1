"""Budgets against yardsticks; run by `./dev bench`, never by the tests."""

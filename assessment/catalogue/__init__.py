"""Criteria files -> frameworks: read with their places, checked in plain sentences, built."""

"""Trained weights that are shipped with the package."""

"""The page: reports as one self-contained HTML file."""

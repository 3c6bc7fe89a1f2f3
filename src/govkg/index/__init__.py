"""Passages and concepts made searchable: encoders, vectors, terms, and the bundle they ship in."""

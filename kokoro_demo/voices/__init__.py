"""Voices: the catalogue, blends, search, and validation of voice packs."""

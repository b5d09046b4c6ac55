"""The voices: the catalogue, blends, search, and packs from strangers."""

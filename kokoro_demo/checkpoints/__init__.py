"""Checkpoints: config, weights and voice packs, from the Hub, a folder or the package."""

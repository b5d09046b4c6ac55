"""The commands beside speaking: download, compact."""

"""Batches: many texts spoken to files (``python -m kokoro_demo batch texts.csv --to FOLDER``), on one machine or
many."""

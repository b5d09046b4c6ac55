"""Many texts spoken to files: ``python -m kokoro_demo batch texts.csv --to FOLDER``, on this machine or on many."""

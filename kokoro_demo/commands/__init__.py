"""The commands of ``python -m kokoro_demo``; each module has a `main`."""

"""SSML, the W3C's markup for speech: read, and compiled into the segments of a script."""

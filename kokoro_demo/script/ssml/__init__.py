"""SSML, the W3C's markup for speech, compiled into the segments of a script."""

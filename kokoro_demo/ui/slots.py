"""Who waits for whom: the concurrency groups of the page's events."""

# Everything that runs the model waits in this one line.
SPEECH_SLOT = "speech"

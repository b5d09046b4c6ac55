"""A text for several voices: what is written is compiled into segments before anything reads it."""

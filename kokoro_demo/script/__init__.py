"""Texts for several voices: scripts and SSML are compiled into segments, each spoken by one voice."""

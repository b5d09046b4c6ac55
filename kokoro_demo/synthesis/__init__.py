"""Turns a request into speech, phrase by phrase."""

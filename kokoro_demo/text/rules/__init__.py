"""The rules of the scanner, one file for each kind of writing."""

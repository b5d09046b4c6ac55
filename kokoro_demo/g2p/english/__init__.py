"""English words to phonemes: dictionary, rules, heteronyms and guesses."""

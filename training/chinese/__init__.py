"""Makes the Chinese encoder and the Chinese-English lexicon: `python -m training.chinese`."""

"""Reading text: language, sentences, scripts, labels and index terms."""

"""The words that all parts share: frozen values that refuse to be wrong; standard library only."""

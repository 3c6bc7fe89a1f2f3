"""Documents to claims, by structure, cues and vocabulary; no language model is involved."""

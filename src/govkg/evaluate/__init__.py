"""Measures: retrieval, concept linking, refusal and extraction against gold files."""

"""The vocabulary, the places, the terms and the shapes, read from the Turtle of `ontology/`."""

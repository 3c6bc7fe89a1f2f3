"""The build: read, extract, graph, validate, index, publish."""

"""The HTTP service: questions, SPARQL, descriptions and pages; no model library is imported."""

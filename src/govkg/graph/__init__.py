"""What was claimed, as RDF: written, completed by rules, and asked with SPARQL."""

"""A knowledge graph and semantic search over governance policy and experience documents."""

__version__ = "0.1.0"

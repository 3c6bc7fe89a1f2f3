"""A question to an Answer: understand, retrieve, fuse, link along the graph, cite or refuse."""

"""Files become Documents: readers, layout, passages and what a document says of itself."""

"""The names of the files of a version, once."""

# Raised whenever a version of the same content has other files than before.
LAYOUT = 2
GRAPH_FILE = "graph.nq"
STORE_FOLDER = "store"
DOCUMENTS_FILE = "documents.jsonl"
PASSAGES_FILE = "passages.jsonl"
VECTORS_FILE = "vectors.faiss"
LABELS_FILE = "labels.npy"
QUESTIONS_FILE = "questions.json"
LEXICAL_FOLDER = "lexical"
ENCODER_FOLDER = "encoder"
# What the build id is a hash of; the other files are derived from these.
CANONICAL_FILES = (GRAPH_FILE, PASSAGES_FILE, DOCUMENTS_FILE)

"""The names of the files of a version, once."""

# Raised whenever a version of the same content has other files than before.
LAYOUT = 3
GRAPH_FILE = "graph.nq"
STORE_FOLDER = "store"
DOCUMENTS_FILE = "documents.jsonl"
PASSAGES_FILE = "passages.jsonl"
# For each language: the vectors, the passage that each of them stands for, and those of labels.
VECTORS_FILE = "vectors-{language}.faiss"
ROWS_FILE = "rows-{language}.npy"
LABELS_FILE = "labels-{language}.npy"
QUESTIONS_FILE = "questions.json"
LEXICAL_FOLDER = "lexical"
# One folder for each encoder that questions are read by.
ENCODERS_FOLDER = "encoders"
# What the build id is a hash of; the other files are derived from these.
CANONICAL_FILES = (GRAPH_FILE, PASSAGES_FILE, DOCUMENTS_FILE)

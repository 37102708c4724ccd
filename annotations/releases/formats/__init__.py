"""One module per file of a release: records in, bytes out."""

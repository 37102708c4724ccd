"""One module per file of a release: records in, bytes out."""

# The files of each format; every export has the manifest beside them.
FILES = {"native": ("claims.jsonl",), "csv": ("claims.csv", "labels.csv")}

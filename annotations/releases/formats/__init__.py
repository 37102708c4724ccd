"""One module per file of a release: records in, bytes out."""

# The files of each format; every export has the manifest beside them.
FILES = {
    "averitec": ("averitec.json",),
    "changes": ("changes.jsonl",),
    "claimreview": ("claimreview.jsonld",),
    "croissant": ("croissant.json",),
    "csv": ("claims.csv", "labels.csv"),
    "datacite": ("datacite.json",),
    "doccano": ("doccano.jsonl",),
    "factchecktools": ("factchecktools_page.json",),
    "hf": ("README.md", "hf.jsonl"),
    "json": ("claims.json",),
    "labelstudio": ("labelstudio.json", "labelstudio_config.xml"),
    "native": ("claims.jsonl",),
    "parquet": ("claims.parquet", "labels.parquet"),
    "tsv": ("claims.tsv", "labels.tsv"),
    "webannotation": ("webannotation.jsonld",),
}

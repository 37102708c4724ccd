"""Readers that others wrote open the files of a real release and find in them what the release holds."""

import json
import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.conf import settings as django_settings

from annotations.releases.formats import hf, tables
from tests.outside.environments import run
from tests.releases.webannotations import CONTEXT

pytestmark = pytest.mark.soak

DOCS = Path(django_settings.BASE_DIR) / "docs" / "data.md"


def records(release: Path, kind: str) -> list[dict[str, Any]]:
    lines = map(orjson.loads, (release / "claims.jsonl").read_bytes().splitlines())
    return [record for record in lines if record["type"] == kind]


POLARS = """
import json, sys
import polars as pl
table = pl.read_parquet(sys.argv[1])
print(json.dumps({"columns": dict(zip(table.columns, map(str, table.dtypes))), "rows": table.to_dicts()}, default=str))
"""
ARROW = """
import json, sys
from pyarrow import parquet
file = parquet.ParquetFile(sys.argv[1])
said = {field.name: field.metadata[b"description"].decode() for field in file.schema_arrow}
print(json.dumps({"columns": said, "rows": file.read().to_pylist()}, default=str))
"""


@pytest.mark.parametrize("reader", [POLARS, ARROW])
def test_parquet_opens_in_polars_and_pyarrow(release: Path, reader: str) -> None:
    claims = json.loads(run("readers", reader, "claims.parquet", cwd=release))
    assert list(claims["columns"]) == [column.name for column in tables.CLAIM_COLUMNS]
    told = records(release, "claim")
    assert [row["claim_id"] for row in claims["rows"]] == [claim["id"] for claim in told]
    assert [row["exact"] for row in claims["rows"]] == [claim["anchors"][0]["exact"] for claim in told]
    assert [row["label"] for row in claims["rows"]] == [claim["label"]["value"] for claim in told]
    labels = json.loads(run("readers", reader, "labels.parquet", cwd=release))
    assert [row["label_id"] for row in labels["rows"]] == [label["id"] for label in records(release, "label")]


def test_polars_finds_types_and_arrow_descriptions(release: Path) -> None:
    types = json.loads(run("readers", POLARS, "claims.parquet", cwd=release))["columns"]
    assert (types["start"], types["as_of"], types["evidence_urls"]) == ("Int64", "Date", "List(String)")
    described = json.loads(run("readers", ARROW, "labels.parquet", cwd=release))["columns"]
    assert described == {column.name: column.description for column in tables.LABEL_COLUMNS}


DATASETS = """
import json, os
from datasets import load_dataset
loaded = load_dataset(os.getcwd())
print(json.dumps({name: [list(part.features), part.to_list()] for name, part in loaded.items()}))
"""


def test_the_hugging_face_folder_loads_with_datasets(release: Path, tmp_path: Path) -> None:
    offline = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(tmp_path / "hf")}
    loaded = json.loads(run("readers", DATASETS, cwd=release, **offline))
    features, rows = loaded["train"]
    assert features == [feature["name"] for feature in hf.FEATURES]
    assert rows == [orjson.loads(line) for line in (release / "hf.jsonl").read_bytes().splitlines()]


def test_columns_of_nulls_load_with_their_types(release: Path, tmp_path: Path) -> None:
    # Without a row that has a verdict, evidence or a label, only the card says what these are.
    kept = ("labels_by_rater", "evidence", "content_verdict", "attribution_verdict", "content_kind", "label")
    rows = [orjson.loads(line) for line in (release / "hf.jsonl").read_bytes().splitlines()]
    bare = [{**row, **{name: [] if isinstance(row[name], list) else None for name in kept}} for row in rows]
    (release / "hf.jsonl").write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in bare))
    script = DATASETS.replace("list(part.features)", "{key: str(value) for key, value in part.features.items()}")
    features, loaded = json.loads(run("readers", script, cwd=release, HF_HOME=str(tmp_path / "hf")))["train"]
    assert features["content_verdict"] == "Value('string')"
    assert "rater" in features["labels_by_rater"]
    assert loaded == bare


CROISSANT = """
import json
import mlcroissant
dataset = mlcroissant.Dataset("croissant.json")
issues = dataset.metadata.ctx.issues
def told(name):
    return [{key: str(value) for key, value in row.items()} for row in dataset.records(name)]
rows = {"claims": told("claims"), "labels": told("labels")}
print(json.dumps({"errors": sorted(issues.errors), "rows": rows}))
"""


def test_croissant_loads_with_mlcroissant(release: Path) -> None:
    told = json.loads(run("readers", CROISSANT, cwd=release))
    assert told["errors"] == []
    assert len(told["rows"]["claims"]) == len(records(release, "claim"))
    assert len(told["rows"]["labels"]) == len(records(release, "label"))
    assert records(release, "claim")[0]["id"] in str(told["rows"]["claims"][0])


PYLD = """
import json, sys
from pyld import jsonld
given = json.load(sys.stdin)
def loader(url, options):
    assert url == "http://www.w3.org/ns/anno.jsonld", url
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": given["context"]}}
jsonld.set_document_loader(loader)
expanded = jsonld.expand(given["document"])
print(json.dumps([expanded, jsonld.compact(expanded, "http://www.w3.org/ns/anno.jsonld")]))
"""


def test_annotations_expand_without_loss(release: Path) -> None:
    document = json.loads((release / "webannotation.jsonld").read_text())
    assert document["total"] > 10
    given = json.dumps({"document": document, "context": CONTEXT})
    expanded, compacted = json.loads(run("readers", PYLD, cwd=release, stdin=given))
    assert all(":" in key for key in keys(expanded) if not key.startswith("@"))
    assert plain(compacted) == plain(document)


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


def plain(value: Any) -> Any:
    """The value as compaction writes it: a list of one thing is that thing, and the context is told once."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items() if key != "@context"}
    if isinstance(value, list):
        return plain(value[0]) if len(value) == 1 else [plain(inner) for inner in value]
    return value


def test_from_a_finished_release_to_a_plot_in_five_lines(release: Path) -> None:
    [block] = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len([line for line in block.splitlines() if line.strip()]) == 5
    run("readers", block, cwd=release, MPLBACKEND="Agg")
    assert (release / "labels.png").read_bytes().startswith(b"\x89PNG")

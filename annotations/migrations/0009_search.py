"""Searching: two trusted extensions, a table of what can be searched, and the triggers that keep it.

The table is nobody's to write, refers to nothing and is in no backup: whatever writes claims, articles and sources,
`COPY` included, fills it. It stands beside them so that a claim whose status moves is not indexed anew.
`annotations_plain` folds case, accents, vowel marks and the forms of alef. The bodies of these functions are parsed
when they are made, so that they mean the same whatever the search path of a later session.
"""

import django.db.models.deletion
from django.db import migrations, models

MARKS = "ـ" + "".join(map(chr, range(0x064B, 0x0660))) + "ٰ"
FUNCTIONS = f"""
CREATE FUNCTION annotations_plain(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(unaccent('unaccent'::regdictionary, translate($1, 'أإآٱ{MARKS}', 'اااا')));

-- Of a plain text. The beginning is enough to prefer whole words, and keeps a long text within the size of a tsvector.
CREATE FUNCTION annotations_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN to_tsvector('simple'::regconfig, left($1, 100000));

-- One term: its words in any place, the last of them as the beginning of a word.
CREATE FUNCTION annotations_wanted(text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN coalesce(
    (nullif(plainto_tsquery('simple'::regconfig, annotations_plain($1))::text, '') || ':*')::tsquery, ''::tsquery);

CREATE FUNCTION annotations_pattern(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN '%' || regexp_replace(annotations_plain($1), '([\\\\%_])', '\\\\\\1', 'g') || '%';
"""
NO_FUNCTIONS = """
DROP FUNCTION annotations_pattern(text), annotations_wanted(text), annotations_words(text), annotations_plain(text)
"""
# What of each table is searched, in the order in which it stands in the plain text.
SEARCHED = {
    "claim": ("exact", "proposition"),
    "article": ("title", "publisher", "author", "text"),
    "source": ("title", "url", "publisher", "author"),
}
TABLE = """
CREATE TABLE annotations_searchable (
    id uuid PRIMARY KEY, kind text NOT NULL, project_id bigint NOT NULL, plain text NOT NULL, words tsvector NOT NULL);
CREATE INDEX searchable_words ON annotations_searchable USING gin (words);
CREATE INDEX searchable_inside_words ON annotations_searchable USING gin (plain gin_trgm_ops);
CREATE INDEX searchable_of_project ON annotations_searchable (project_id, kind);

CREATE FUNCTION annotations_not_searchable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM annotations_searchable WHERE id = OLD.id;
    RETURN NULL;
END $$;
"""
NO_TABLE = "DROP TABLE annotations_searchable; DROP FUNCTION annotations_not_searchable();"


def followed(kind: str, columns: tuple[str, ...]) -> str:
    """The triggers that keep the searchable text of one table as its rows are, and the text of those there are."""
    text = " || ' ' || ".join(f"NEW.{column}" for column in columns)
    stored = " || ' ' || ".join(columns)
    return f"""
CREATE FUNCTION annotations_searchable_{kind}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE plain text := annotations_plain({text});
BEGIN
    INSERT INTO annotations_searchable VALUES (NEW.id, '{kind}', NEW.project_id, plain, annotations_words(plain))
    ON CONFLICT (id) DO UPDATE SET plain = EXCLUDED.plain, words = EXCLUDED.words;
    RETURN NULL;
END $$;
CREATE TRIGGER searchable AFTER INSERT OR UPDATE OF {", ".join(columns)} ON annotations_{kind}
FOR EACH ROW EXECUTE FUNCTION annotations_searchable_{kind}();
CREATE TRIGGER not_searchable AFTER DELETE ON annotations_{kind}
FOR EACH ROW EXECUTE FUNCTION annotations_not_searchable();
INSERT INTO annotations_searchable
SELECT id, '{kind}', project_id, plain, annotations_words(plain)
FROM annotations_{kind}, LATERAL annotations_plain({stored}) AS plain;
"""


def left(kind: str) -> str:
    """No triggers on one table."""
    return f"""
DROP TRIGGER searchable ON annotations_{kind}; DROP TRIGGER not_searchable ON annotations_{kind};
DROP FUNCTION annotations_searchable_{kind}();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0008_presence'),
    ]

    operations = [
        migrations.RunSQL(["CREATE EXTENSION IF NOT EXISTS pg_trgm"], migrations.RunSQL.noop),
        migrations.RunSQL(["CREATE EXTENSION IF NOT EXISTS unaccent"], migrations.RunSQL.noop),
        migrations.RunSQL([FUNCTIONS], [NO_FUNCTIONS]),
        migrations.RunSQL([TABLE], [NO_TABLE]),
        *(migrations.RunSQL([followed(kind, columns)], [left(kind)]) for kind, columns in SEARCHED.items()),
        migrations.CreateModel(
            name='Searchable',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('plain', models.TextField()),
                ('project', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='annotations.project')),
            ],
            options={'db_table': 'annotations_searchable', 'managed': False},
        ),
    ]

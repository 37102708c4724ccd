"""What can be searched. The database fills this table by itself; see the migration `search`."""

from django.db import models


class Searchable(models.Model):
    """The plain text of a claim, an article or a source, by its id: without case, accents and vowel marks.

    Its column `words`, the text as a full-text document, is asked for by name alone.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.TextField()
    project = models.ForeignKey(
        "annotations.Project", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    plain = models.TextField()

    class Meta:
        managed = False
        db_table = "annotations_searchable"

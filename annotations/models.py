"""Index of every table, for Django's discovery; the tables stand in their stages."""

from annotations.accounts.models import ApiToken, User
from annotations.adjudication.models import Decision, SecondLook
from annotations.articles.models import Article, Original
from annotations.audit.models import Event, EventCounter
from annotations.claims.models import Claim
from annotations.codebooks.models import Codebook
from annotations.discussion.models import Comment, EarlierText
from annotations.importing.models import Import
from annotations.jobs.models import Job
from annotations.labelling.models import Assignment, Label, LabelRevision, OutsideLabel
from annotations.live.models import Presence
from annotations.notifications.models import Notification, Unwanted
from annotations.projects.models import Invitation, Membership, Project
from annotations.releases.models import Release, ReleasedClaim, ReleaseFile, Withdrawal
from annotations.search.models import Searchable
from annotations.snapshots.models import HostPace, Snapshot
from annotations.training.models import GoldClaim, TrainingAnswer, TrainingRound
from annotations.verification.models import Check, Likeness, Part, Plan, Verdict
from annotations.verification.source_models import Evidence, Source, StaleMark
from annotations.web.models import IdempotencyKey

__all__ = [
    "ApiToken",
    "Article",
    "Assignment",
    "Check",
    "Claim",
    "Codebook",
    "Comment",
    "Decision",
    "EarlierText",
    "Event",
    "EventCounter",
    "Evidence",
    "GoldClaim",
    "HostPace",
    "IdempotencyKey",
    "Import",
    "Invitation",
    "Job",
    "Label",
    "LabelRevision",
    "Likeness",
    "Membership",
    "Notification",
    "Original",
    "OutsideLabel",
    "Part",
    "Plan",
    "Presence",
    "Project",
    "Release",
    "ReleaseFile",
    "ReleasedClaim",
    "Searchable",
    "SecondLook",
    "Snapshot",
    "Source",
    "StaleMark",
    "TrainingAnswer",
    "TrainingRound",
    "Unwanted",
    "User",
    "Verdict",
    "Withdrawal",
]

"""Routes of the pages of checking."""

from django.urls import URLPattern, path

from annotations.verification import actions, source_views, stale_views, views

pages: list[URLPattern] = [
    path("projects/<slug:slug>/checking/", views.checking, name="checking"),
    path("projects/<slug:slug>/sources/", views.sources, name="sources"),
    path("projects/<slug:slug>/sources/failures/", source_views.failures, name="source-failures"),
    path("projects/<slug:slug>/stale/", stale_views.stale, name="stale"),
    path("projects/<slug:slug>/corrections/", stale_views.corrections_log, name="corrections"),
    path("stale/<uuid:id>/", stale_views.stale_mark, name="stale-mark"),
    path("sources/<uuid:id>/", source_views.source, name="source"),
    path("sources/<uuid:id>/fetch/", source_views.snapshot_take, name="source-fetch"),
    path("sources/<uuid:id>/upload/", source_views.snapshot_upload, name="source-upload"),
    path("snapshots/<uuid:id>/", source_views.snapshot, name="snapshot"),
    path("snapshots/<uuid:id>/<str:form>", source_views.snapshot_capture, name="snapshot-capture"),
    path("snapshots/<uuid:id>/attest/", source_views.snapshot_attest, name="snapshot-attest"),
    path("claims/<uuid:id>/likeness/", source_views.likeness, name="claim-likeness"),
    path("claims/<uuid:id>/read/", source_views.read_begin, name="claim-read-begin"),
    path("claims/<uuid:id>/read/<uuid:source_id>/", source_views.read, name="claim-read"),
    path("claims/<uuid:id>/", views.claim, name="claim"),
    path("claims/<uuid:id>/evidence/", actions.evidence_add, name="claim-evidence"),
    path("claims/<uuid:id>/verdict/", actions.verdict_propose, name="claim-verdict"),
    path("claims/<uuid:id>/move/", actions.claim_move, name="claim-move"),
    path("claims/<uuid:id>/sharpen/", actions.claim_sharpen, name="claim-sharpen"),
    path("claims/<uuid:id>/parts/", actions.claim_parts, name="claim-parts"),
    path("claims/<uuid:id>/plan/", actions.claim_plan, name="claim-plan"),
    path("claims/<uuid:id>/take/", actions.claim_take, name="claim-take"),
    path("claims/<uuid:id>/comments/", actions.comment_write, name="claim-comments"),
    path("comments/<uuid:id>/edit/", actions.comment_edit, name="comment-edit"),
    path("comments/<uuid:id>/remove/", actions.comment_remove, name="comment-remove"),
    path("evidence/<uuid:id>/remove/", actions.evidence_remove, name="evidence-remove"),
    path("verdicts/<uuid:id>/take-back/", actions.verdict_take_back, name="verdict-take-back"),
    path("verdicts/<uuid:id>/approve/", actions.verdict_approve, name="verdict-approve"),
    path("verdicts/<uuid:id>/request-changes/", actions.verdict_request_changes, name="verdict-request-changes"),
]

"""Index of every route: the whole outside surface on one page."""

from django.urls import URLPattern, URLResolver, include, path

from annotations.accounts import urls as accounts
from annotations.adjudication import urls as adjudication
from annotations.adjudication.api import ClaimDecision, ClaimSecondLook, SecondLookList
from annotations.agreement import urls as agreement
from annotations.agreement.api import Agreement
from annotations.articles import urls as articles
from annotations.articles.api import ArticleDetail
from annotations.claims import urls as claims
from annotations.claims.api import ArticleList, ArticleOpen, ClaimList, ClaimMerge, ClaimSplit, UnitReplace
from annotations.codebooks import urls as codebooks
from annotations.codebooks.api import CodebookList, ProjectList
from annotations.discussion.api import CommentDetail, CommentList
from annotations.erasure import urls as erasure
from annotations.importing import urls as importing
from annotations.importing.api import ImportList
from annotations.jobs import urls as jobs
from annotations.jobs.api import JobDetail
from annotations.labelling import urls as labelling
from annotations.labelling.api import ArticleClose, ArticleHandIn, ClaimLabel, ClaimLabels, ClaimOutsideLabels, Queue
from annotations.labelling.assignment_api import AssignmentBalance, AssignmentDetail, AssignmentList, QueueNext
from annotations.live import urls as live
from annotations.live.api import EventList
from annotations.live.presence_api import ArticlePresence
from annotations.notifications import urls as notifications
from annotations.notifications.api import NotificationKinds, NotificationList, NotificationRead, NotificationsRead
from annotations.projects import urls as projects
from annotations.projects.api import MemberDetail, MemberList, ProjectDetail
from annotations.public import urls as public
from annotations.releases import urls as releases
from annotations.releases.api import ReleaseDetail, ReleaseFileDetail, ReleaseList, ReleaseWithdraw
from annotations.search import urls as search
from annotations.search.api import Search
from annotations.training import urls as training
from annotations.training.api import Training, TrainingAnswers
from annotations.verification import urls as verification
from annotations.verification.api import ClaimDetail, ClaimMove, EvidenceList, SourceList
from annotations.verification.parts_api import PartList
from annotations.verification.plan_api import ClaimPlan
from annotations.verification.reuse_api import ClaimLikenesses
from annotations.verification.snapshot_api import (
    SnapshotAttestations,
    SnapshotCapture,
    SnapshotDetail,
    SnapshotFailures,
    SourceSnapshots,
)
from annotations.verification.verdict_api import VerdictApprove, VerdictList, VerdictRequestChanges, VerdictTakeBack

api = [
    path("notifications/", NotificationList.as_view()),
    path("notifications/read/", NotificationsRead.as_view()),
    path("notifications/kinds/", NotificationKinds.as_view()),
    path("notifications/<uuid:id>/read/", NotificationRead.as_view()),
    path("projects/", ProjectList.as_view()),
    path("projects/<slug:slug>/", ProjectDetail.as_view()),
    path("projects/<slug:slug>/members/", MemberList.as_view()),
    path("projects/<slug:slug>/members/<str:username>/", MemberDetail.as_view()),
    path("projects/<slug:slug>/codebooks/", CodebookList.as_view()),
    path("projects/<slug:slug>/articles/", ArticleList.as_view()),
    path("projects/<slug:slug>/imports/", ImportList.as_view()),
    path("projects/<slug:slug>/queue/", Queue.as_view()),
    path("projects/<slug:slug>/queue/next/", QueueNext.as_view()),
    path("projects/<slug:slug>/training/", Training.as_view()),
    path("projects/<slug:slug>/training/answers/", TrainingAnswers.as_view()),
    path("projects/<slug:slug>/assignments/", AssignmentList.as_view()),
    path("projects/<slug:slug>/assignments/balance/", AssignmentBalance.as_view()),
    path("assignments/<uuid:id>/", AssignmentDetail.as_view()),
    path("projects/<slug:slug>/agreement/", Agreement.as_view()),
    path("projects/<slug:slug>/second-looks/", SecondLookList.as_view()),
    path("projects/<slug:slug>/search/", Search.as_view()),
    path("projects/<slug:slug>/sources/", SourceList.as_view()),
    path("projects/<slug:slug>/sources/failures/", SnapshotFailures.as_view()),
    path("sources/<uuid:id>/snapshots/", SourceSnapshots.as_view()),
    path("snapshots/<uuid:id>/", SnapshotDetail.as_view()),
    path("snapshots/<uuid:id>/attestations/", SnapshotAttestations.as_view()),
    path("snapshots/<uuid:id>/<str:form>", SnapshotCapture.as_view()),
    path("projects/<slug:slug>/releases/", ReleaseList.as_view()),
    path("releases/<uuid:id>/", ReleaseDetail.as_view()),
    path("releases/<uuid:id>/withdraw/", ReleaseWithdraw.as_view()),
    path("releases/<uuid:id>/files/<str:name>", ReleaseFileDetail.as_view()),
    path("projects/<slug:slug>/events/", EventList.as_view()),
    path("jobs/<uuid:id>/", JobDetail.as_view()),
    path("articles/<uuid:id>/", ArticleDetail.as_view()),
    path("articles/<uuid:id>/presence/", ArticlePresence.as_view()),
    path("articles/<uuid:id>/claims/", ClaimList.as_view()),
    path("articles/<uuid:id>/merge/", ClaimMerge.as_view()),
    path("articles/<uuid:id>/replace/", UnitReplace.as_view()),
    path("articles/<uuid:id>/open/", ArticleOpen.as_view()),
    path("articles/<uuid:id>/hand-in/", ArticleHandIn.as_view()),
    path("articles/<uuid:id>/close/", ArticleClose.as_view()),
    path("claims/<uuid:id>/", ClaimDetail.as_view()),
    path("claims/<uuid:id>/split/", ClaimSplit.as_view()),
    path("claims/<uuid:id>/label/", ClaimLabel.as_view()),
    path("claims/<uuid:id>/labels/", ClaimLabels.as_view()),
    path("claims/<uuid:id>/outside-labels/", ClaimOutsideLabels.as_view()),
    path("claims/<uuid:id>/decision/", ClaimDecision.as_view()),
    path("claims/<uuid:id>/second-look/", ClaimSecondLook.as_view()),
    path("claims/<uuid:id>/transitions/", ClaimMove.as_view()),
    path("claims/<uuid:id>/evidence/", EvidenceList.as_view()),
    path("claims/<uuid:id>/verdicts/", VerdictList.as_view()),
    path("claims/<uuid:id>/likenesses/", ClaimLikenesses.as_view()),
    path("claims/<uuid:id>/parts/", PartList.as_view()),
    path("claims/<uuid:id>/plan/", ClaimPlan.as_view()),
    path("claims/<uuid:id>/comments/", CommentList.as_view()),
    path("comments/<uuid:id>/", CommentDetail.as_view()),
    path("verdicts/<uuid:id>/take-back/", VerdictTakeBack.as_view()),
    path("verdicts/<uuid:id>/approve/", VerdictApprove.as_view()),
    path("verdicts/<uuid:id>/request-changes/", VerdictRequestChanges.as_view()),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include(api)),
    path("", include("annotations.web.urls")),
    *accounts.pages,
    *notifications.pages,
    *projects.pages,
    *jobs.pages,
    *codebooks.pages,
    *articles.pages,
    *claims.pages,
    *training.pages,
    *labelling.pages,
    *agreement.pages,
    *adjudication.pages,
    *verification.pages,
    *releases.pages,
    *public.pages,
    *importing.pages,
    *search.pages,
    *live.pages,
    *erasure.pages,
]

"""Endpoints of snapshots."""

from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.messages import unpack
from annotations.projects.access import Action, require
from annotations.projects.queries import membership_in
from annotations.snapshots.models import Attestation, Snapshot
from annotations.verification.captures import capture
from annotations.verification.keeping import attest_again, take_snapshot, upload_snapshot
from annotations.verification.queries import snapshot_for, source_and_role, visible_snapshots
from annotations.web.api import ApiView
from annotations.web.rendering import JSONParser
from annotations.web.wording import said

SHOWN = (
    "state", "reason_code", "url", "file_name", "final_url", "address", "status", "media_type", "size", "sha256",
    "warc_sha256", "warc_size", "text_sha256", "title", "author", "publisher", "published_on", "language",
    "requested_at", "ended_at",
)  # fmt: skip


class HopOut(serializers.Serializer[Any]):
    """One request and what came back: where to, which address was dialled, what it answered."""

    url = serializers.CharField()
    address = serializers.CharField()
    status = serializers.IntegerField()
    headers = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    certificate = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()


class AttestationOut(serializers.Serializer[Any]):
    """Somebody else's word for a snapshot: a timestamp token (RFC 3161), or a copy in an outside archive."""

    kind = serializers.ChoiceField(choices=Attestation.Kind.choices)
    service = serializers.CharField()
    state = serializers.ChoiceField(choices=Attestation.State.choices)
    reason = serializers.CharField(allow_null=True, help_text="Why it failed, or has to wait.")
    asked_at = serializers.DateTimeField()
    attested_at = serializers.DateTimeField(allow_null=True, help_text="By the clock of the service.")
    copy = serializers.CharField(help_text="The address of the copy.")


class SnapshotOut(serializers.Serializer[Any]):
    """What was received of a source at one time."""

    id = serializers.CharField()
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # the metaclass takes it off the class
    state = serializers.ChoiceField(choices=Snapshot.State.choices)
    reason = serializers.CharField(allow_null=True, help_text="Why it was refused or failed.")
    reason_code = serializers.CharField()
    url = serializers.CharField()
    file_name = serializers.CharField()
    final_url = serializers.CharField()
    address = serializers.CharField()
    status = serializers.IntegerField(allow_null=True)
    media_type = serializers.CharField()
    size = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField()
    warc_sha256 = serializers.CharField()
    warc_size = serializers.IntegerField(allow_null=True)
    text_sha256 = serializers.CharField()
    text_note = serializers.CharField(allow_null=True, help_text="Why it has no text.")
    title = serializers.CharField()
    author = serializers.CharField()
    publisher = serializers.CharField()
    published_on = serializers.DateField(allow_null=True)
    language = serializers.CharField()
    requested_by = serializers.CharField()
    requested_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class SnapshotTextOut(SnapshotOut):
    """The same with its text and the way the request went."""

    text = serializers.CharField(help_text="Offsets of quotes are code points of it.")
    hops = HopOut(many=True)
    attestations = AttestationOut(many=True)


class FileIn(serializers.Serializer[Any]):
    """A document as a file."""

    file = serializers.FileField()


class Nothing(serializers.Serializer[Any]):
    """An empty body."""


def snapshot_out(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot as the API lists it."""
    return {
        "id": str(snapshot.pk),
        "source": str(snapshot.source_id) if snapshot.source_id else None,
        "requested_by": snapshot.requested_by.get_username(),
        "reason": said(unpack(snapshot.reason)) if snapshot.reason else None,
        "text_note": said(unpack(snapshot.text_note)) if snapshot.text_note else None,
        **{name: getattr(snapshot, name) for name in SHOWN},
    }


def attestation_out(attestation: Attestation) -> dict[str, Any]:
    """Somebody else's word as the API tells of it."""
    names = ("kind", "service", "state", "asked_at", "attested_at", "copy")
    reason = said(unpack(attestation.reason)) if attestation.reason else None
    return {"reason": reason, **{name: getattr(attestation, name) for name in names}}


class SourceSnapshots(ApiView):
    """The snapshots of a source."""

    ordering = ("-requested_at", "-id")
    parser_classes = (JSONParser, MultiPartParser)

    @extend_schema(operation_id="snapshot_list", responses=SnapshotOut(many=True))
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """Newest first."""
        source, _role = source_and_role(request.user, id)
        return self.page(visible_snapshots(request.user, source.project).filter(source=source), snapshot_out)

    @extend_schema(
        operation_id="snapshot_take",
        request={"application/json": Nothing, "multipart/form-data": FileIn},
        responses={202: SnapshotOut},
    )
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Have it fetched again, or upload it as a file."""
        require(source_and_role(request.user, id)[1], Action.ADD_SOURCE)
        file = request.FILES.get("file")
        if file is not None:
            about = {"name": file.name or "", "media_type": file.content_type or ""}
            kept = upload_snapshot(request.user, source_id=id, content=file.chunks(), **about)
            return Response(snapshot_out(kept), status=202)
        self.body(Nothing)
        return Response(snapshot_out(take_snapshot(request.user, source_id=id)), status=202)


class SnapshotDetail(ApiView):
    """One snapshot."""

    @extend_schema(operation_id="snapshot_read", responses=SnapshotTextOut)
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """With its text and the way the request went."""
        snapshot = snapshot_for(request.user, id)
        vouched = [attestation_out(each) for each in snapshot.attestations.order_by("asked_at", "id")]
        more = {"text": snapshot.text, "hops": snapshot.hops, "attestations": vouched}
        return Response({**snapshot_out(snapshot), **more})


class SnapshotCapture(ApiView):
    """The bytes of a snapshot."""

    @extend_schema(operation_id="snapshot_capture", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: ApiRequest, id: UUID, form: str) -> StreamingHttpResponse:
        """The WARC file with all that went over the wire, what it brought, or its timestamp token; only a download."""
        return capture(snapshot_for(request.user, id), form)


class SnapshotAttestations(ApiView):
    """Others' word for a snapshot."""

    @extend_schema(operation_id="snapshot_attest", request=Nothing, responses={202: AttestationOut(many=True)})
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Ask those again who could not vouch for it, or were not set up when it was taken."""
        self.body(Nothing)
        return Response([attestation_out(each) for each in attest_again(request.user, snapshot_id=id)], status=202)


class SnapshotFailures(ApiView):
    """What could not be fetched."""

    ordering = ("-requested_at", "-id")

    @extend_schema(operation_id="snapshot_failures", responses=SnapshotOut(many=True))
    def get(self, request: ApiRequest, slug: str) -> Response:
        """Snapshots of the project that were refused or failed, newest first."""
        rows = visible_snapshots(request.user, membership_in(request.user, slug).project)
        return self.page(rows.filter(state__in=[Snapshot.State.REFUSED, Snapshot.State.FAILED]), snapshot_out)

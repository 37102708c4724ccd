"""Hands out the files of releases, a piece at a time."""

from collections.abc import AsyncIterator
from typing import BinaryIO

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import FileResponse, HttpRequest, StreamingHttpResponse

from annotations import storage
from annotations.releases.models import ReleaseFile


def download(request: HttpRequest, file: ReleaseFile) -> StreamingHttpResponse:
    """The file under its own name, with its SHA-256 as ETag."""
    opened = storage.open(file.sha256)
    if isinstance(request, ASGIRequest):
        # An iterator that is not asynchronous would be read whole before the first byte goes out.
        response = StreamingHttpResponse(_pieces(opened), content_type=file.media_type)
    else:
        response = FileResponse(opened, content_type=file.media_type)
    response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["ETag"] = f'"{file.sha256}"'
    return response


async def _pieces(file: BinaryIO) -> AsyncIterator[bytes]:
    with file:
        while piece := await sync_to_async(file.read)(storage.PIECE):
            yield piece

"""Endpoint of agreement."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.agreement.queries import agreement_of, evidence_of, kind_agreement_of, verdicts_of
from annotations.projects.queries import membership_in
from annotations.web.api import ApiView


class CountOut(serializers.Serializer[Any]):
    """The claims that a figure rests on, those that lack the labels for it, and the abstentions."""

    n = serializers.IntegerField()
    missing = serializers.IntegerField()
    abstained = serializers.IntegerField()


class PairOut(serializers.Serializer[Any]):
    """Cohen's kappa, Scott's pi and Brennan and Prediger's kappa_n of two reviewers over the n claims both labelled.

    missing is the number of claims that only one of them labelled, abstained that of their abstentions.
    """

    reviewers = serializers.ListField(child=serializers.CharField(), min_length=2, max_length=2)
    kappa = serializers.FloatField(allow_null=True)
    pi = serializers.FloatField(allow_null=True)
    brennan_prediger = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    missing = serializers.IntegerField()
    abstained = serializers.IntegerField()
    undefined_reason = serializers.CharField(allow_null=True)


class LabelAgreementOut(serializers.Serializer[Any]):
    """How far reviewers agree on labels. What is not defined is null, with its reason."""

    alpha = serializers.FloatField(allow_null=True)
    ci = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    ci_method = serializers.CharField(allow_null=True)
    ac1 = serializers.FloatField(allow_null=True)
    percent = serializers.FloatField(allow_null=True)
    per_label = serializers.DictField(child=serializers.FloatField(allow_null=True))
    pairwise = PairOut(many=True)
    fleiss = serializers.FloatField(allow_null=True)
    scott = serializers.FloatField(allow_null=True)
    brennan_prediger = serializers.FloatField(allow_null=True)
    counts = serializers.DictField(child=CountOut())
    n_claims = serializers.IntegerField()
    n_pairable = serializers.IntegerField()
    n_labels = serializers.IntegerField()
    n_abstained = serializers.IntegerField()
    undefined_reason = serializers.CharField(allow_null=True)
    undefined = serializers.DictField(child=serializers.CharField())


class ApprovalOut(serializers.Serializer[Any]):
    """The share of verdicts that the other person approved as they were proposed, of n that they reviewed.

    Who reviews a verdict reads it, so nothing is taken off for chance.
    """

    percent = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    approved = serializers.IntegerField()
    undefined_reason = serializers.CharField(allow_null=True)


class VerdictAgreementOut(serializers.Serializer[Any]):
    """Agreement on verdicts, each aspect apart."""

    attribution = ApprovalOut()
    content = ApprovalOut()


class OverlapOut(serializers.Serializer[Any]):
    """The mean Jaccard index of the sources of two people on one aspect (or part) of a claim.

    Addresses that lead to one place are one source. n is the number of those with sources of two people or more,
    missing that of those with sources of one alone.
    """

    jaccard = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    missing = serializers.IntegerField()
    undefined_reason = serializers.CharField(allow_null=True)


class AgreementOut(serializers.Serializer[Any]):
    """Agreement by what is agreed on, never mixed into one number.

    content_kind is over the counted labels that say attributed statement, per_label having each kind; evidence is over
    all of it on closed claims, evidence_blind over what was given before labelling of its claim closed.
    """

    label = LabelAgreementOut()  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    content_kind = LabelAgreementOut()
    verdict = VerdictAgreementOut()
    evidence = OverlapOut()
    evidence_blind = OverlapOut()


class Agreement(ApiView):
    """Agreement in a project."""

    @extend_schema(operation_id="agreement", responses=AgreementOut)
    def get(self, request: ApiRequest, slug: str) -> Response:
        """Over every claim whose labelling has closed."""
        project = membership_in(request.user, slug).project
        evidence, blind = evidence_of(project)
        return Response(
            {
                "label": agreement_of(project),
                "content_kind": kind_agreement_of(project),
                "verdict": {aspect: each._asdict() for aspect, each in verdicts_of(project).items()},
                "evidence": evidence._asdict(),
                "evidence_blind": blind._asdict(),
            }
        )

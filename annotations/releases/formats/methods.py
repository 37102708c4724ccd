"""The paragraph on methods that a paper needs, written from the rules a release was made under. Pure."""

from annotations.releases.formats.findings import Findings

GUIDANCE = "Krippendorff (2004) asks for 0.800, and for 0.667 where tentative conclusions do."


def paragraph(found: Findings) -> str:
    """In English: who labelled how, what settled it, how far they agreed, how verdicts came about."""
    return " ".join([*_labelling(found), *_agreement(found), *_verdicts(found)])


def citation(found: Findings, release_id: str = "") -> str:
    """How the release is to be cited, with its id where that is known."""
    release = found.release
    year, number = str(release["frozen_at"])[:4], release["number"]
    told = f"{release['project']['name']} ({year}). {release['title']} (release {number}) [Data set]."
    return f"{told} {release_id}" if release_id else told


def interval(found: Findings) -> str:
    """Alpha with its interval, or why it has none."""
    label = found.agreement["label"]
    if label["alpha"] is None:
        return f"Krippendorff's alpha is {label['undefined_reason']}"
    told = f"Krippendorff's alpha (nominal) is {label['alpha']:.3f}"
    return f"{told} [{label['ci'][0]:.3f}, {label['ci'][1]:.3f}]" if label["ci"] else told


def _labelling(found: Findings) -> list[str]:
    rules, counts = found.release["rules"], found.counts
    versions = ", ".join(codebook["version"] for codebook in found.codebooks)
    wanted = rules["labels_per_claim"]
    alone = (
        "without seeing each other's labels or whether there were any"
        if rules["blind"]
        else "and could see each other's labels"
    )
    yield_of = f"{_many(counts['claims'], 'claim')} from {_many(counts['articles'], 'article')}"
    return [
        f"The release holds {yield_of}.",
        f"Each claim was labelled by {_many(wanted, 'reviewer')} or more, {alone}, as an attributed statement, a "
        f"verifiable fact or an opinion, under {'version' if len(found.codebooks) == 1 else 'versions'} {versions} "
        "of the codebook." if versions else "No label of reviewers counts in it.",
        "A label is settled where all labels but abstentions are equal, else by an adjudicator who had not labelled "
        "the claim, with a reason.",
    ]  # fmt: skip


def _agreement(found: Findings) -> list[str]:
    label = found.agreement["label"]
    rests = f"over {_many(label['n_pairable'], 'claim')} with two labels or more"
    told = f"{interval(found)} {rests}; {_many(label['n_abstained'], 'label')} were abstentions and count as missing."
    return [told, f"The interval is a {label['ci_method']}.", GUIDANCE] if label["ci"] else [told]


def _verdicts(found: Findings) -> list[str]:
    verified = found.counts["verified"]
    if not verified:
        return ["None of its claims has an approved verdict."]
    eyes = "approved by another person than proposed it" if found.release["rules"]["four_eyes"] else "approved"
    return [
        f"{_many(verified, 'claim')} of it {'has' if verified == 1 else 'have'} every verdict needed, each {eyes}, on "
        "one primary or two independent secondary sources, an exact quote, or a note of where was searched."
    ]


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"

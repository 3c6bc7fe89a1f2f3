"""Reports for reading in a terminal, a line for each thing."""

from govkg.evaluate.verification import HOLDS, Verification

_LONGEST = 300  # characters of one value from a file that nobody vouches for


def verification_text(verification: Verification) -> str:
    """A line for each thing that no longer holds, then one on the builds and one on the whole."""
    lines = [
        f"{check.kind} {plain(check.name)}: {check.state}: {plain(check.message)}"
        for check in verification.checks
        if check.state != HOLDS
    ]
    if verification.build != verification.answer_build:
        builds = f"build {plain(verification.answer_build)}, the base is {verification.build}"
        lines.append(f"The answer is of {builds}.")
    counts = ", ".join(
        f"{count['hold']} of {count['checked']} {kind}s"
        for kind, count in verification.counts().items()
        if count["checked"]
    )
    verdict = "All holds" if verification.holds else "Not all holds"
    lines.append(f"{verdict}: {counts or 'the answer says nothing'}.")
    return "\n".join(lines)


def plain(text: str) -> str:
    """Text from a file in one line that moves no cursor and turns no writing around."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"

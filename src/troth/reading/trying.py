"""A reading as text, with everything that was matched: for those who write lexica.

python -m troth.reading.trying "De bezorging was te laat, maar ze waren vriendelijk."
"""

import sys

from troth.reading.lexicon import matches
from troth.reading.reader import Reader
from troth.reading.reading import Reading
from troth.reading.tokens import TOKEN


def shown(reading: Reading, reader: Reader | None = None) -> str:
    """The reading, its statements with their proof, and every entry that was matched, with its line."""
    reader = reader or Reader()
    why = f", not read: {reading.why_not}" if reading.why_not else ""
    figures = f"valence {reading.valence:+.3f}   confidence {reading.confidence:.2f}"
    lines = [f"{reading.language or '?'}{why}   {figures}   polarity {'-0+'[reading.polarity + 1]}"]
    for said in reading.statements:
        proof = " ".join(reading.text[span.begin : span.end] for span in said.spans)
        what = f"{said.topic or '-'} × {said.mechanism or '-'}"
        lines.append(f"  {what:28s} {said.valence:+.3f}   share {said.share:.2f}   {proof!r}")
    if not reading.why_not:
        tokens = TOKEN.findall(reading.text)
        for places, entry in matches([reader.lexicon(reading.language)[token] for token in tokens]):
            what = (
                f"{entry.kind} {entry.name} {entry.value:+g}"
                if entry.valued
                else f"{entry.kind} {entry.name}"
            )
            words = " ".join(tokens[place] for place in places)
            lines.append(f"    {words!r} by {entry.text!r} ({entry.where}): {what}")
    return "\n".join(lines)


if __name__ == "__main__":
    one = Reader()
    for text in sys.argv[1:] or sys.stdin:
        sys.stdout.write(f"{text.strip()}\n{shown(one.read(text), one)}\n")

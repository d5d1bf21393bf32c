"""Texts of which a script writes a part, between two marks."""

END = "<!-- tables:end -->"


def begin(writer):
    """The mark in front of the part; it says who writes it."""
    return f"<!-- tables:begin (written by {writer}) -->"


def put(file, mark, body):
    """Replaces what stands between the mark and the next end."""
    head, found, rest = file.read_text().partition(mark)
    _, end, tail = rest.partition(END)
    if not found or not end:
        raise ValueError(f"{file}: no marks {mark} … {END}")
    file.write_text(f"{head}{mark}\n\n{body}\n\n{end}{tail}")

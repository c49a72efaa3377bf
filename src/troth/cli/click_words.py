"""click's own words that a user of Troth can meet, listed here so that they get into the catalogues.

click looks them up in gettext's default domain, which `application.speak` binds to Troth's. Their
placeholders are written in click's way: `{name}`, not `%(name)s`.
"""

from troth.texts import Lazy, lazy, ngettext

WORDS: tuple[Lazy, ...] = (
    lazy("(dynamic)"),
    lazy("Argument {name!r} takes {nargs} values."),
    lazy("Choose from:\n\t{choices}"),
    lazy("Commands"),
    lazy("Could not open file {filename!r}: {message}"),
    lazy("Error: invalid input"),
    lazy("Error: {message}"),
    lazy("Invalid value for {param_hint}: {message}"),
    lazy("Invalid value: {message}"),
    lazy("Missing argument"),
    lazy("Missing command."),
    lazy("Missing option"),
    lazy("No such command {name!r}."),
    lazy("No such option {name!r}."),
    lazy("Option {name!r} does not take a value."),
    lazy("Options"),
    lazy("Positional arguments"),
    lazy("Usage:"),
    lazy("default: {default}"),
    lazy("directory"),
    lazy("env var: {var}"),
    lazy("file"),
    lazy("path"),
    lazy("required"),
    lazy("unknown error"),
    lazy("{name} {filename!r} does not exist."),
    lazy("{name} {filename!r} is a directory."),
    lazy("{name} {filename!r} is a file."),
    lazy("{name} {filename!r} is not readable."),
    lazy("{name} {filename!r} is not writable."),
    lazy("{value!r} is not a valid {number_type}."),
    lazy("{value} is not in the range {range}."),
)


def counted_words(n: int) -> tuple[str, ...]:
    """The words that depend on a count, in the form that `n` things take."""
    return (
        ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", n),
        ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", n),
        ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", n),
        ngettext("Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given.", n),
        ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", n),
    )

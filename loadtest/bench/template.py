"""Configuration files with @{name} places: `$` belongs to nginx, `%` to HAProxy."""

from string import Template

from bench import paths


class ConfTemplate(Template):
    """`string.Template` with `@` in the place of `$`."""

    delimiter = "@"


def render(source, target, **values):
    """Fills `conf/<source>` and writes it to `target`, which is returned."""
    text = ConfTemplate((paths.CONF / source).read_text()).substitute(values)
    target.write_text(text)
    return target

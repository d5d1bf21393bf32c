"""The one failure that ends a load test."""


class LoadTestError(Exception):
    """Something that makes the figures void: the run ends with exit code 1 and this message."""

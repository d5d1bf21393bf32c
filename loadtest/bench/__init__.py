"""
The load test: starts proxies and a service, sends load, measures, and writes tables. Standard
library only.
"""

"""Shared by the parts of scripts/bench: settings and tokens, processes, nginx, wrk, the report."""

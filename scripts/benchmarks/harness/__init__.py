"""What the parts of scripts/bench share: settings and tokens, processes, nginx, wrk, the report."""

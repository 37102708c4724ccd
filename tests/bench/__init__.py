"""`python -m tests.bench`: the figures of docs/bench.md, measured on the running product over HTTP."""

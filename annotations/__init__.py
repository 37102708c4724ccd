"""The one Django app: a package for each stage of the work, from accounts to releases."""

"""Pages of releases that everybody can read without signing in, where a project shows them."""

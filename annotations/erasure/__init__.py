"""What has to go although everything is kept: people who want to be forgotten."""

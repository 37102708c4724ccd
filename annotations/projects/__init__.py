"""Workspaces: members, roles, rules."""

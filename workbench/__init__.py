"""The Django project: settings, processes and the embedded servers."""

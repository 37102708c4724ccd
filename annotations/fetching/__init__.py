"""The one way out of this machine: everything that is fetched from elsewhere is fetched by `client.fetch`."""

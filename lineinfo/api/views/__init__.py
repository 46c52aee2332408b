"""The answers of version 1, one file a resource."""

"""The REST API: version 1 answers an API user about the contractor's own lines."""

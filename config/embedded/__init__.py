"""The PostgreSQL and the Valkey that the project carries, for machines that have none."""

"""A chunk of a billing run: rows in by plain SQL, pure rating (billing.rating), rows out by COPY, in one transaction."""

"""The books: a double-entry journal that is a view on what happened, and what is read from it."""

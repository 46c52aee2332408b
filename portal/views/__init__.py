"""The pages: each parses, calls one service or selector, and presents."""

"""What other companies' machines call in billing."""

"""What customers get to call our API with."""

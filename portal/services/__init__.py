"""What portal writes. One action a file."""

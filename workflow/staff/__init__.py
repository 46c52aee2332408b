"""What all staff pages are made of: buttons in front of services, panels, cells, bounded lists."""

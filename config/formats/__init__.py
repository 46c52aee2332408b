"""How Japanese pages write what Django writes by itself."""

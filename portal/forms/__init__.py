"""The forms of the customers' pages. They read what was typed; the services decide."""

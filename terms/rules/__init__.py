"""One rule a file: the dataclass of its table in the pack, its facts, its result, and a pure function of the rule's name."""

"""The actions of contracts: one a file, named by a verb."""

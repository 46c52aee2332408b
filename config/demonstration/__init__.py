"""The demonstration operator: a year of its life, lived through the same services that staff and jobs use.

Everything the documents leave out (fees, waiting days, names of people) is made up here and says so.
Postal codes, addresses and bank codes are real.
"""

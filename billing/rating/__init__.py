"""What a month costs: plain facts in, rows out. No Django, no database, no clock.

``rate_contract`` gives the charges of one contract, ``invoices_of`` puts the charges of one account on invoices with tax
once per rate. Whoever calls them reads the facts and writes the rows (billing.chunks).
"""

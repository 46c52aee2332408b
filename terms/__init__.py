"""The law: what each document (約款) says, as data, and what follows from it, as pure functions.

Imports nothing of ours and no Django; needs no database and never reads the clock. Money is whole yen, legal dates are
dates in Japan time, and an aware date-time given to a rule is read on the Japanese clock.

Which document applies
    >>> from terms.registry import pack_for, codes, statute, rule_for
    >>> pack = pack_for("isp-access", on=date(2025, 6, 1))        # the version in force on that day
    >>> pack_for("isp-access", on=some_day_long_ago, earliest=True)   # the first version, asked for explicitly
    ``codes()`` lists the documents, ``versions(code)`` their effective dates, ``pack_version(code, effective)`` one of them,
    ``statute(on)`` the law that binds all of them. ``TERMS_PACKS_DIR`` names further folders of packs.

What it says
    >>> pack.suspension.ground("unpaid").article                 # document tables: terms.document, None where it has none
    >>> pack.article("34")                                       # a checked citation, ``ArticleRef``
    >>> pack.articles["34"].title, pack.articles["34"].summary_ja
    >>> pack.has(LateInterest), pack.rule(LateInterest)          # the parameters of one rule; NoSuchRule where it has none
    >>> rule_for(pack, LateInterest, on=day)                     # ... or the law's where the document is silent

What follows
    Every rule is a file in ``terms/rules`` named as the rule, with three names:
    >>> from terms.rules.late_interest import LateInterest, LateInterestFacts, late_interest
    >>> result = late_interest(pack.rule(LateInterest), LateInterestFacts(principal=10000, due=..., paid=...))
    >>> result.amount, result.days, result.article, result.lines, result.as_dict()
    Results explain themselves: each line has from_, to (half-open), days, rate, amount, article and a text code, which
    ``terms.texts.describe(line, language)`` puts in words. ``terms.rulebook.RULES`` lists the rules by name.

    For billing runs: ``terms.rules.periodic_charge.month_charge(rule, month, fee, start, end)`` rates one contract item
    for one calendar month without making result objects.

What goes wrong
    ``TermsError`` a pack that cannot be read (names file, table and key); ``NoSuchPack``, ``NoSuchVersion``, ``NoSuchRule``;
    ``FactsError`` facts that cannot be (an end before the start). All are ``TermsError``. A guard returns a
    ``Refusal(article, code, reason)`` or None.

``python -m terms.worked_examples FILE_OR_FOLDER...`` runs worked examples against the packs (docs/worked-examples.md).
"""

"""The statements by which a chunk reads. ``contracts`` are IDs; ``since``, ``first`` and ``end`` are days, ``end`` not included."""

# The contracts of the accounts, or those named.
_OF_ACCOUNTS = "account.id BETWEEN %(first_account)s AND %(last_account)s"
_NAMED = "contract.id = ANY(%(passed)s::bigint[])"

_CONTRACTS = """
SELECT account.id, contract.id,
       CASE WHEN partner.role = 'billing_operator' THEN partner.id END,
       contract.terms_code, contract.product_id, product.per, contract.cycle_day,
       contract.service_start, contract.ends_on, contract.individual
  FROM billing_billingaccount account
  JOIN contracts_contract contract ON contract.subscriber_id = account.subscriber_id
  JOIN contracts_product product ON product.id = contract.product_id
  LEFT JOIN contracts_partner partner ON partner.id = COALESCE(contract.partner_id, product.partner_id)
 WHERE {which}
   AND contract.state NOT IN ('applied', 'refused', 'withdrawn')
   AND (contract.ends_on IS NULL OR contract.ends_on >= %(since)s OR contract.id = ANY(%(parked)s::bigint[])
        -- Equipment is given up long after the contract.
        OR contract.id IN (SELECT unit.contract_id FROM contracts_lentequipment unit
                            WHERE unit.claim <> '' AND unit.claimed_on >= %(since)s AND unit.claimed_on < %(end)s)
        OR contract.id IN (SELECT violation.contract_id FROM contracts_violation violation
                            WHERE violation.pay_by >= %(since)s AND violation.pay_by < %(end)s))
 ORDER BY account.id, contract.id
"""
CONTRACTS = _CONTRACTS.format(which=_OF_ACCOUNTS)
PASSED_CONTRACTS = _CONTRACTS.format(which=_NAMED)

# Who had contracts before that one of the accounts gave away or got: until which day, whether the debts passed too, the
# document, and the request for the transfer. Only changes since which something may still be charged.
HOLDERS = """
SELECT change.contract_id, account.id, change."on", change.debts, contract.terms_code,
       CASE WHEN change.cause = 'transfer' THEN change.request_id END
  FROM contracts_subscriberchange change
  JOIN contracts_contract contract ON contract.id = change.contract_id
  JOIN billing_billingaccount account ON account.subscriber_id = change.old_id
  LEFT JOIN contracts_request request ON request.id = change.request_id
 WHERE change.old_id <> change.new_id
   AND change.contract_id IN (SELECT mine.contract_id
                                FROM billing_billingaccount one
                                JOIN contracts_subscriberchange mine ON one.subscriber_id IN (mine.old_id, mine.new_id)
                               WHERE one.id BETWEEN %(first_account)s AND %(last_account)s)
   AND (change."on" > %(since)s OR request.decided_on >= %(since)s
        OR EXISTS (SELECT FROM billing_parkedcontract parked
                     LEFT JOIN billing_billingrun resolved ON resolved.id = parked.resolved_in_id
                    WHERE parked.contract_id = change.contract_id
                      AND (resolved.id IS NULL OR resolved.month = %(first)s)))
 ORDER BY change.contract_id, change."on", change.id
"""

# Months that earlier runs could not rate: they are tried again, for each who had the contract in the same run.
_MISSING_MONTHS = """
SELECT parked.contract_id, run.month
  FROM billing_parkedcontract parked
  JOIN billing_billingrun run ON run.id = parked.run_id
  JOIN contracts_contract contract ON contract.id = parked.contract_id
  JOIN billing_billingaccount account ON account.subscriber_id = contract.subscriber_id
  LEFT JOIN billing_billingrun resolved ON resolved.id = parked.resolved_in_id
 WHERE run.state = 'issued' AND run.month < %(first)s
   AND (parked.resolved_in_id IS NULL OR resolved.month = %(first)s) AND {which}
 ORDER BY parked.contract_id, run.month
"""
MISSING_MONTHS = _MISSING_MONTHS.format(which=_OF_ACCOUNTS)
PASSED_MISSING_MONTHS = _MISSING_MONTHS.format(which=_NAMED)

OPTIONS = """
SELECT option.contract_id, option.product_id, option.starts_on, option.ends_on
  FROM contracts_contractoption option
 WHERE option.contract_id = ANY(%(contracts)s::bigint[]) AND option.starts_on < %(end)s
   AND (option.ends_on IS NULL OR option.ends_on >= %(since)s)
 ORDER BY option.contract_id, option.starts_on, option.id
"""

# Those of later months too: the contract itself names its last product.
PRODUCT_CHANGES = """
SELECT change.contract_id, change."on", change.old_id, change.new_id
  FROM contracts_productchange change
 WHERE change.contract_id = ANY(%(contracts)s::bigint[]) AND change."on" >= %(since)s
 ORDER BY change.contract_id, change."on"
"""

# Asked for only where a product changed.
PARTNERS_PRODUCTS = """
SELECT product.id, partner.id
  FROM contracts_product product
  JOIN contracts_partner partner ON partner.id = product.partner_id AND partner.role = 'billing_operator'
"""

# The index on sources holds those that say something: the planner must be told that these do.
_MADE_BY = "billing_charge charge WHERE charge.source <> '' AND charge.source ="
_NOT_CHARGED = f"NOT EXISTS (SELECT FROM {_MADE_BY} '{{name}}:' || {{name}}.id)"
_IN_SPAN = "{column} >= %(since)s::timestamp AT TIME ZONE 'Asia/Tokyo' AND {column} < %(end)s::timestamp AT TIME ZONE 'Asia/Tokyo'"

WORKS = f"""
SELECT work.contract_id, work.id, work.kind, ARRAY(SELECT jsonb_array_elements_text(work.items)), work.started_at,
       COALESCE(work.done_at, work.cancelled_at), work.state, work.appointed,
       EXISTS (SELECT FROM billing_instalmentplan plan WHERE plan.work_id = work.id), work.cost_so_far
  FROM contracts_work work
 WHERE work.contract_id = ANY(%(contracts)s::bigint[]) AND work.state IN ('done', 'cancelled')
   AND {_IN_SPAN.format(column="COALESCE(work.done_at, work.cancelled_at)")}
   AND {_NOT_CHARGED.format(name="work")}
 ORDER BY work.id
"""

# Accepted in these months, or given up in them after an earlier acceptance.
# What was given up after the month goes back in its own.
REQUESTS = f"""
SELECT request.contract_id, request.id, request.kind, request.decided_on,
       CASE WHEN contract.state = 'cancelled' AND request.kind = 'new' AND contract.ends_on < %(end)s
            THEN contract.ends_on END,
       EXISTS (SELECT FROM contracts_work work WHERE work.contract_id = contract.id AND work.started_at IS NOT NULL),
       (SELECT COALESCE(sum(charge.amount), 0) FROM {_MADE_BY} 'request:' || request.id)
  FROM contracts_request request
  JOIN contracts_contract contract ON contract.id = request.contract_id
 WHERE request.contract_id = ANY(%(contracts)s::bigint[]) AND request.state IN ('accepted', 'carried_out', 'withdrawn')
   AND request.decided_on < %(end)s
   AND (request.decided_on >= %(since)s OR (contract.state = 'cancelled' AND contract.ends_on >= %(since)s))
 ORDER BY request.id
"""

INSTALMENTS = f"""
-- First which plans, then what was charged for each: not for those of everybody.
WITH plan AS MATERIALIZED (
SELECT work.contract_id, plan.id, plan.first_month, plan.first_amount, plan.amount, plan.count
  FROM billing_instalmentplan plan
  JOIN contracts_work work ON work.id = plan.work_id
 WHERE work.contract_id = ANY(%(contracts)s::bigint[]) AND plan.first_month < %(end)s)
SELECT plan.*, charged.times
  FROM plan
 CROSS JOIN LATERAL (SELECT count(*) AS times, COALESCE(sum(charge.amount), 0) AS amount
                       FROM {_MADE_BY} 'instalment:' || plan.id) charged
 -- Not those whose balance was charged at once.
 WHERE charged.amount < plan.first_amount + plan.amount * (plan.count - 1)
 ORDER BY plan.id
"""

VISITS = f"""
SELECT ticket.contract_id, ticket.id, ticket.closed_at, ticket.fee_article
  FROM contracts_repairticket ticket
 WHERE ticket.contract_id = ANY(%(contracts)s::bigint[]) AND ticket.fee_article <> ''
   AND {_IN_SPAN.format(column="ticket.closed_at")}
   AND {_NOT_CHARGED.format(name="ticket")}
 ORDER BY ticket.id
"""

# Lost, damaged or unreturned units, and what was damaged by a breach of duty.
EQUIPMENT = f"""
SELECT equipment.contract_id, 'equipment:' || equipment.id, product.code, product.name, equipment.claimed_on, equipment.cost,
       equipment.article
  FROM contracts_lentequipment equipment
  JOIN contracts_product product ON product.id = equipment.product_id
 WHERE equipment.contract_id = ANY(%(contracts)s::bigint[]) AND equipment.claim <> ''
   AND equipment.claimed_on >= %(since)s AND equipment.claimed_on < %(end)s
   AND {_NOT_CHARGED.format(name="equipment")}
UNION ALL
SELECT violation.contract_id, 'violation:' || violation.id, '', '', violation.happened_on, violation.cost, ''
  FROM contracts_violation violation
 WHERE violation.contract_id = ANY(%(contracts)s::bigint[]) AND violation.state <> 'dismissed'
   AND violation.pay_by >= %(since)s AND violation.pay_by < %(end)s
   AND {_NOT_CHARGED.format(name="violation")}
 ORDER BY 2
"""

# The course that counts is the one that the contract had when the outage began: it may have changed since.
OUTAGES = f"""
SELECT contract.id, outage.id, outage.down, outage.known, outage.restored, outage.cause,
       COALESCE(partner.role = 'billing_operator', false)
  FROM contracts_contract contract
  JOIN contracts_outage outage ON outage.line_id = contract.line_id
  LEFT JOIN LATERAL (
       SELECT change.old_id
         FROM contracts_productchange change
        WHERE change.contract_id = contract.id AND change."on" > (outage.down AT TIME ZONE 'Asia/Tokyo')::date
        ORDER BY change."on" LIMIT 1
  ) before ON true
  JOIN contracts_product product ON product.id = COALESCE(before.old_id, contract.product_id)
  LEFT JOIN contracts_partner partner
    ON partner.id = COALESCE(CASE WHEN before.old_id IS NULL THEN contract.partner_id END, product.partner_id)
 WHERE contract.id = ANY(%(contracts)s::bigint[])
   AND {_IN_SPAN.format(column="outage.restored")}
   AND contract.service_start <= (outage.down AT TIME ZONE 'Asia/Tokyo')::date
   AND (contract.ends_on IS NULL OR contract.ends_on >= (outage.down AT TIME ZONE 'Asia/Tokyo')::date)
 ORDER BY contract.id, outage.id
"""

OUTAGE_CREDITS = """
SELECT charge.contract_id, charge.source, charge.amount
  FROM billing_charge charge
 WHERE charge.contract_id = ANY(%(contracts)s::bigint[]) AND charge.kind = 'outage_credit' AND charge.source LIKE 'outage:%%'
 ORDER BY charge.id
"""

RELOCATIONS = f"""
SELECT relocation.contract_id, relocation.id, relocation.unusable_from, relocation.usable_again, relocation.own_convenience
  FROM contracts_relocation relocation
 WHERE relocation.contract_id = ANY(%(contracts)s::bigint[])
   AND relocation.usable_again >= %(since)s AND relocation.usable_again < %(end)s
   AND {_NOT_CHARGED.format(name="relocation")}
 ORDER BY relocation.id
"""

# The place that counts is where the line was when the relief began: it may have moved since.
RELIEFS = """
SELECT contract.id, relief.id, relief.since, relief.through + 1, relief.percent, relief.covers
  FROM billing_relief relief
  JOIN contracts_contract contract ON contract.terms_code = relief.terms_code
  JOIN contracts_line line ON line.id = contract.line_id
  LEFT JOIN LATERAL (
       SELECT move.old_address AS address
         FROM contracts_relocation move JOIN contracts_contract mover ON mover.id = move.contract_id
        WHERE mover.line_id = line.id AND move."on" > relief.since
        ORDER BY move."on", move.id LIMIT 1
  ) before ON true
 WHERE contract.id = ANY(%(contracts)s::bigint[]) AND relief.granted_on IS NOT NULL
   AND relief.since < %(end)s AND relief.through >= %(since)s
   AND relief.prefecture IN ('', COALESCE(before.address ->> 'prefecture', line.prefecture))
   AND relief.city IN ('', COALESCE(before.address ->> 'city', line.city))
 ORDER BY contract.id, relief.id
"""

# Of contracts cancelled within the first days, what was charged so far.
_CHARGED = """
CASE WHEN ending.ground = 'initial_cancellation'
     THEN (SELECT COALESCE(sum(charge.amount), 0) FROM billing_charge charge
            WHERE charge.contract_id = ending.contract_id AND {which})
     ELSE 0 END
"""

ENDINGS = f"""
SELECT ending.contract_id, ending.id, ending.by, ending.ground, contract.formed_on, contract.term_start, contract.term_months,
       subscriber.kind = 'corporation', origin.discounted_since,
       {_CHARGED.format(which="charge.kind IN ('construction', 'instalment')")},
       {_CHARGED.format(which="charge.kind IN ('handling', 'adjustment') AND charge.source LIKE 'request:%%'")}
  FROM contracts_ending ending
  JOIN contracts_contract contract ON contract.id = ending.contract_id
  JOIN contracts_subscriber subscriber ON subscriber.id = contract.subscriber_id
  LEFT JOIN contracts_lineorigin origin ON origin.contract_id = contract.id
 WHERE ending.contract_id = ANY(%(contracts)s::bigint[]) AND ending.withdrawn_on IS NULL
   AND contract.ends_on >= %(since)s AND contract.ends_on < %(end)s
   AND {_NOT_CHARGED.format(name="ending")}
   AND NOT EXISTS (SELECT FROM billing_charge charge
                    WHERE charge.source <> ''
                      AND charge.source IN ('ending:' || ending.id || ':initial_works', 'ending:' || ending.id || ':initial_contract'))
"""

# Lines that moved to another provider while their options or equipment went on here: the last day of the line.
LINE_ENDS = """
SELECT number.contract_id, max(number.used_on)
  FROM contracts_approvalnumber number
 WHERE number.contract_id = ANY(%(contracts)s::bigint[]) AND number.used_on IS NOT NULL
 GROUP BY number.contract_id
"""

# Lines left alone in their group, told before the end of the month.
SINGLE_LINES = """
SELECT contract.id, one.told_on, product.maintenance
  FROM contracts_linegroup one
  JOIN contracts_contract contract ON contract.id = one.single_id
  JOIN contracts_product product ON product.id = contract.product_id
 WHERE one.single_id = ANY(%(contracts)s::bigint[]) AND one.told_on < %(end)s
"""

# What was delivered by a day is charged out of turn: all debts fell due and that was recorded, or it is billed at once.
CUTS = """
SELECT contract.id, acceleration.recorded_on + 1
  FROM contracts_acceleration acceleration
  JOIN contracts_contract contract ON contract.subscriber_id = acceleration.subscriber_id
                                  AND contract.terms_code = acceleration.terms_code
 WHERE contract.id = ANY(%(contracts)s::bigint[])
   AND acceleration.recorded_on >= %(since)s AND acceleration.recorded_on < %(end)s
 UNION
SELECT bill.contract_id, bill.through + 1
  FROM billing_extrabill bill
 WHERE bill.contract_id = ANY(%(contracts)s::bigint[]) AND bill.decided_on IS NOT NULL
   AND bill.through >= %(since)s AND bill.through < %(end)s
 ORDER BY 1, 2
"""

# Which documents have a fee for invoices by post or by account transfer.
INVOICE_FEES = """
SELECT DISTINCT tariff.terms_code, tariff.occasion
  FROM billing_tariff tariff
 WHERE tariff.kind = 'handling' AND tariff.occasion = ANY(%(occasions)s)
"""

INVOICE_CHOICES = """
SELECT choice.account_id, choice.kind
  FROM billing_invoicechoice choice
 WHERE choice.account_id = ANY(%(accounts)s::bigint[])
   AND choice.since <= %(first)s AND (choice.until IS NULL OR choice.until > %(first)s)
 ORDER BY choice.id
"""

USAGE = """
SELECT usage.contract_id, usage.month, usage.amount, usage.estimated, usage.missed_days, usage.daily
  FROM billing_usage usage
 WHERE usage.contract_id = ANY(%(contracts)s::bigint[]) AND usage.month < %(end)s
   -- What was used before is asked for when a contract ends before its term.
   AND (usage.month >= %(since)s OR usage.contract_id = ANY(%(ended)s::bigint[]))
 ORDER BY usage.contract_id, usage.month
"""

PAUSES = """
SELECT pause.contract_id, pause.starts_on, pause.ends_on + 1
  FROM contracts_pause pause
 WHERE pause.contract_id = ANY(%(contracts)s::bigint[]) AND pause.starts_on < %(end)s
   AND (pause.ends_on IS NULL OR pause.ends_on >= %(since)s)
"""

SUSPENSIONS = """
SELECT suspension.contract_id, suspension.starts_on, suspension.lifted_on
  FROM contracts_suspension suspension
 WHERE suspension.contract_id = ANY(%(contracts)s::bigint[]) AND suspension.starts_on < %(end)s
   AND suspension.state IN ('in_force', 'lifted', 'expired', 'ended_contract')
   AND (suspension.lifted_on IS NULL OR suspension.lifted_on >= %(since)s)
"""

# The contract of each is looked up, or all contracts would be read for some dozens. As in a run the course of the first day
# counts, and what a relief takes off goes where the charge itself is; for outages and the fees of invoices see billing.rating.
WAITING = """
SELECT charge.id, charge.account_id, charge.terms_code,
       (SELECT partner.id
          FROM contracts_contract contract
          LEFT JOIN LATERAL (
               SELECT change.old_id
                 FROM contracts_productchange change
                WHERE change.contract_id = contract.id
                  AND change."on" > COALESCE((SELECT min(lower(of.period))
                                                FROM billing_charge of
                                               WHERE charge.kind = 'relief' AND of.kind <> 'relief'
                                                 AND of.contract_id = charge.contract_id AND of.run_id = charge.run_id
                                                 AND of.tariff_id = charge.tariff_id AND of.period @> charge.period),
                                             lower(charge.period))
                ORDER BY change."on" LIMIT 1
          ) before ON true
          JOIN contracts_product product ON product.id = COALESCE(before.old_id, contract.product_id)
          JOIN contracts_partner partner
            ON partner.id = COALESCE(CASE WHEN before.old_id IS NULL THEN contract.partner_id END, product.partner_id)
         WHERE contract.id = charge.contract_id AND partner.role = 'billing_operator'
           AND charge.kind <> 'outage_credit' AND charge.source NOT IN ('letter', 'transfer')
           -- What was too much on an invoice is ours to give back, whoever asked for it.
           AND CASE WHEN charge.kind = 'adjustment' AND charge.source ~ '^(passed-on|changed-back|billed-anew|ended-back):'
                    THEN NOT EXISTS (SELECT FROM billing_charge wrong
                                      WHERE wrong.id = split_part(charge.source, ':', 2)::bigint AND wrong.invoice_id IS NOT NULL)
                    ELSE true END),
       charge.tax_category, charge.tax_rate, charge.amount
  FROM billing_charge charge
 WHERE charge.invoice_id IS NULL AND charge.account_id BETWEEN %(first_account)s AND %(last_account)s
 ORDER BY charge.id
"""

# Only of contracts that have one.
AGREED = """
SELECT contract_id, since, until, tables, prices, NULL
  FROM contracts_individualagreement
 WHERE contract_id = ANY(%(contracts)s::bigint[])
UNION ALL
SELECT kept.contract_id, kept.since, kept.until, '{}', '{}', version.effective
  FROM contracts_keptversion kept
  JOIN contracts_termsversion version ON version.id = kept.version_id
 WHERE kept.contract_id = ANY(%(contracts)s::bigint[])
 ORDER BY contract_id, since
"""

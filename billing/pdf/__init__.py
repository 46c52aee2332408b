"""Invoices and credit notes on paper."""

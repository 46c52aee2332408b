"""Card and convenience-store payments by way of a payment collector: docs/payment-collector.md says what is spoken."""

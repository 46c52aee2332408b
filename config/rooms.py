"""The rooms that speak to people, and so have texts to translate."""

ROOMS = ["config", "workflow", "notices", "contracts", "billing", "lineinfo", "portal"]

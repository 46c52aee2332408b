"""What the documents forbid, as pure functions: facts and a pack in, a Refusal or None out. No database, no clock."""

"""What is kept on disk: the journal, the ledger, settings, documents, secrets."""

"""What the views show, as Qt models and plain records. Rule: no widgets in here."""

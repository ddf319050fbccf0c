"""Small parts the pages are built from. Rule: colours and sizes come from tokens and theme."""

"""The page that a person checks a document's numbers with: `gongkai extract FILE --html OUT.html`."""

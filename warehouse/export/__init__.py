"""The corpus to take home: tables, texts and archived pages, with checksums and what each field means."""

"""Statistical tables, of pages and of plain texts, as figures."""

"""Documents that are files: PDF, Word and Excel, as lines of text and tables."""

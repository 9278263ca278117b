"""The commands of `gongkai`, a module each; each imports what is heavy only when it runs."""

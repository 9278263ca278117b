"""The made-up district of `seeds/demo`: its servers, its data folder, and what `gongkai demo` does."""

//! Snippets run in a context with the gaps closed.

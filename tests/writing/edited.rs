//! Files that somebody edited after they were written.

//! A portal's own form: three rows, one relation, read from a file at run time.

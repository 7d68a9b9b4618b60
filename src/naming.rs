//! What file systems take for the name of a file.

/// A name with an underscore in place of what they refuse.
pub fn accepted(name: &str) -> String {
    name.replace(|c: char| c.is_control() || r#"\/:*?"<>|"#.contains(c), "_")
}

/// A name without blanks and points around it, which some of them drop.
pub fn trimmed(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || c == '.')
}

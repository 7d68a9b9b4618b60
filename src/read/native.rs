//! Decoding and normalisation outside a browser.

use encoding_rs::Encoding;
use unicode_normalization::UnicodeNormalization;

use super::Platform;

/// The platform of the command and of the tests.
pub struct Native;

impl Platform for Native {
    fn decode(&self, encoding: &str, bytes: &[u8]) -> Option<String> {
        let encoding = Encoding::for_label(encoding.as_bytes())?;
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        Some(text.into_owned())
    }

    fn nfkc(&self, text: &str) -> String {
        text.nfkc().collect()
    }
}

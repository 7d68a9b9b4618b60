//! What is pasted: HTML, and behind a byte 1E plain text.

use nianbao::block::Block;
use nianbao::read::clipboard::clipboard;

use crate::bounds::within;
use crate::reading::{context, look};

pub fn run(bytes: &[u8]) {
    let Ok(input) = std::str::from_utf8(bytes) else { return };
    let (html, text) = input.split_once('\u{1e}').unwrap_or((input, ""));
    let pasted = within("clipboard", bytes.len(), || clipboard(html, text, &context()));
    within("after", bytes.len(), || {
        if let Some(block) = &pasted.block {
            copied_again(block);
        }
        for paragraph in &pasted.paragraphs {
            assert!(!paragraph.trim().is_empty(), "a paragraph of nothing");
        }
        if let Some(reading) = &pasted.report {
            look(reading);
        }
    });
}

/// What was pasted can be copied, as text and as HTML, and is the same when it is pasted again.
fn copied_again(block: &Block) {
    assert_eq!(Block::from_tsv(&block.to_tsv()), *block, "text is another block the second time");
    let html = clipboard(&block.to_html(), "", &context()).block;
    assert!(html.is_some() || block.height() == 0, "a block that is no table as HTML");
}

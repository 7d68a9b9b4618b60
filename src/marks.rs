//! The marks by which a file that was written here is read back exactly, and the JSON that it carries
//! along. Writing and reading share them.

use std::borrow::Cow;

use serde_json::Value as Json;

use crate::value;

/// The form of a report, on the element that holds all of it.
pub const FORM: &str = "data-form";
/// The body that reports, beside the form.
pub const AGENCY: &str = "data-agency";
/// The year that is reported on, beside the form.
pub const YEAR: &str = "data-year";
/// The id of a section, on the element that holds it.
pub const SECTION: &str = "data-section";
/// What an element is, where it is neither a paragraph of a section nor a figure: one of [`ITEMS`].
pub const ITEM: &str = "data-item";
/// The address of a figure, on its cell.
pub const CELL: &str = "data-cell";

/// The id of a chart, on the figure that holds its picture and its words: they say nothing that the tables do not.
pub const CHART: &str = "data-chart";

pub const TITLE: &str = "title";
pub const HEADING: &str = "heading";
pub const DATE: &str = "date";
pub const CONTACT: &str = "contact";
/// The line with the fingerprint at the end. It is no part of the report, and so none of [`ITEMS`].
pub const FINGERPRINT: &str = "fingerprint";
pub const ITEMS: [&str; 4] = [TITLE, HEADING, DATE, CONTACT];

/// The name under which our own vocabulary stands in JSON-LD; no other data block has it.
pub const VOCABULARY: &str = "urn:nianbao:";
/// The namespace of the part of a Word document that carries the report.
pub const NAMESPACE: &str = "urn:nianbao:report";
/// The sheet of a workbook that carries the report, and is not shown.
pub const SHEET: &str = "nianbao";
/// With what the comment begins that carries the report in Markdown.
pub const COMMENT: &str = "<!-- nianbao:report ";
pub const COMMENT_END: &str = " -->";

/// How the head of a page says that it holds a program of its own; the version stands behind it.
pub const GENERATED: &str = "<meta name=\"generator\" content=\"nianbao ";

/// Whether a file begins as one does that works without a network. It may be larger than others: its report may stand
/// there three times, and escaped.
pub fn begins_offline(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    head.windows(GENERATED.len()).any(|window| window == GENERATED.as_bytes())
}

/// The columns of the list of figures and texts that a `.csv` file holds.
pub const COLUMNS: [&str; 6] = ["地址", "部分", "行", "列", "值", "单位"];
/// The addresses of what is no figure in that list; `sections.` and `headings.` go before a section's id.
pub const LISTED_FORM: &str = "form";
pub const LISTED_AGENCY: &str = "agency";
pub const LISTED_YEAR: &str = "year";
pub const LISTED_SECTION: &str = "sections.";
pub const LISTED_HEADING: &str = "headings.";
/// What stands beside an item of the cover where it is listed, by the item's address.
pub const COVER: [(&str, &str); 5] =
    [(LISTED_AGENCY, "机关"), (LISTED_YEAR, "年度"), (TITLE, "标题"), (DATE, "日期"), (CONTACT, "联系方式")];
/// The pieces of the report's JSON, numbered.
pub const LISTED_JSON: &str = "json.";

/// A text as it stands in a list that a spreadsheet may open: an apostrophe before what it would calculate, or
/// take for a date.
pub fn guarded(text: &str) -> Cow<'_, str> {
    match needs_guard(text) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The text that was guarded, or one that needed no guard.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|_| needs_guard(text)).unwrap_or(text)
}

/// Whether a text, apostrophes and what nobody sees aside, begins as a formula does, looks like a date, or would lose the zeros at
/// its front; a plain number does none of these, be it negative.
fn needs_guard(text: &str) -> bool {
    let bare = text.trim_start_matches(|c| c == '\'' || c == ' ' || is_unseen(c));
    let begins = bare.starts_with(FORMULA_SIGNS) || bare.starts_with(['\r', '\n']);
    let is_dated = || bare.chars().any(|c| c.is_ascii_digit()) && bare.chars().all(|c| DATED.contains(c));
    let digits = text.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    match begins {
        true => digits.and_then(value::number).is_none(),
        false => is_dated() && (has_zeros(bare) || value::number(text).is_none()),
    }
}

/// With what a spreadsheet begins to calculate.
pub const FORMULA_SIGNS: [char; 9] = ['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠'];

/// `007`, `0571-1234567`.
fn has_zeros(text: &str) -> bool {
    text.strip_prefix('0').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// What a spreadsheet finds in a date, a time, a fraction or a percentage.
const DATED: &str = "0123456789./-:,%()年月日时分秒eE ";

/// JSON that can stand in a page, a comment, XML or a spreadsheet, and comes through a change of encoding:
/// what is not plain Chinese or plain ASCII is escaped, and so are the signs that end such places.
pub fn embedded(json: &Json) -> String {
    let text = json.to_string();
    let mut embedded = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        match is_plain(c) && !(c == '-' && before == '-') {
            true => embedded.push(c),
            false => push_escaped(c, &mut embedded),
        }
        before = c;
    }
    embedded
}

/// JSON for people and programs to read, with what a reader's decoding would change escaped.
pub fn spelled_out(json: &Json) -> String {
    let text = format!("{json:#}\n");
    let changes = |c: char| is_radical(c) || c.is_control() && c != '\n' || matches!(c, '\u{fffd}' | '\u{feff}');
    if !text.contains(changes) {
        return text;
    }
    let mut spelled_out = String::with_capacity(text.len());
    for c in text.chars() {
        match changes(c) {
            true => push_escaped(c, &mut spelled_out),
            false => spelled_out.push(c),
        }
    }
    spelled_out
}

/// Code points of radicals and compatibility ideographs, which PDF extraction leaves in texts; decoding takes them
/// for the characters that they stand for.
pub fn is_radical(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}')
}

/// Code points that are no characters, and that XML does not take.
pub fn is_noncharacter(c: char) -> bool {
    u32::from(c) & 0xfffe == 0xfffe || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// Joiners, marks of direction, selectors of variants, and what is no character at all.
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || is_noncharacter(c)
}

/// What stands in every encoding in use, and ends no place in which JSON is embedded.
fn is_plain(c: char) -> bool {
    match c {
        '<' | '>' | '&' => false,
        ' '..='~' => true,
        '\u{4e00}'..='\u{9fa5}' => true,
        '\u{3001}' | '\u{3002}' | '\u{3008}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}' => true,
        _ => false,
    }
}

/// Such characters stand in the strings of a JSON text only.
fn push_escaped(c: char, text: &mut String) {
    let mut units = [0; 2];
    for unit in c.encode_utf16(&mut units) {
        text.push_str(&format!("\\u{unit:04x}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(text: &str, expect: &str) {
        let json = json!({ "text": text });
        let embedded = embedded(&json);
        assert_eq!(embedded, format!(r#"{{"text":"{expect}"}}"#));
        for text in [embedded, spelled_out(&json)] {
            assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), json);
        }
    }

    #[test]
    fn embedded_json_ends_no_place_and_needs_no_encoding() {
        check("公开，12件。", "公开，12件。");
        check("</script><!-- --> & ]]>", r"\u003c/script\u003e\u003c!-\u002d -\u002d\u003e \u0026 ]]\u003e");
        check("😀\u{20000}⽂\u{a0}", r"\ud83d\ude00\ud840\udc00\u2f42\u00a0");
        check("-5 \\ \" \u{1}\u{7f}", r#"-5 \\ \" \u0001\u007f"#);
    }

    #[test]
    fn what_a_spreadsheet_would_calculate_is_guarded() {
        for text in [
            "=1+1",
            "+甲",
            "@x",
            "\t1",
            "－乙",
            "1-2",
            "2024年1月",
            "1/2",
            "3.1.2",
            "-",
            "'=1",
            "+7",
            "007",
            "'0571",
            "'+7",
            "''1-2",
            "5%",
            " =1+1",
            "\u{200b}=1+1",
            "' \u{feff}+甲",
        ] {
            let guarded = guarded(text);
            assert!(guarded.starts_with('\''), "{text}");
            assert_eq!(unguarded(&guarded), text);
        }
        for text in [
            "",
            "12",
            "-5",
            "0",
            "0.5",
            "1,234",
            "24252.311082",
            "22（其中修订16件）",
            "'甲",
            "无。",
            "2024年报告",
            "/",
        ] {
            assert_eq!((&*guarded(text), unguarded(text)), (text, text));
        }
    }

    #[test]
    fn readable_json_keeps_what_decoding_keeps() {
        assert_eq!(spelled_out(&json!({"a": "“😀”"})), "{\n  \"a\": \"“😀”\"\n}\n");
        assert_eq!(spelled_out(&json!({"a": "⽂"})), "{\n  \"a\": \"\\u2f42\"\n}\n");
    }
}

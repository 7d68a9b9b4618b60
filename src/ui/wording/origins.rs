//! The words about where figures come from.

use super::Words;
use crate::provenance::{How, Origin, Place};
use crate::words;

/// How many characters of a published text are quoted.
const QUOTED: usize = 60;

words! {
    origin: words::ORIGIN;
    choose_a_cell: words::CHOOSE_A_CELL;
    origin_unknown: words::ORIGIN_UNKNOWN;
    to_check: words::TO_CHECK;
    confirm: words::CONFIRM;
    confirm_cell: words::CONFIRM_CELL;
    inferred: words::INFERRED;
    confirm_section: words::CONFIRM_SECTION;
}

impl Words {
    /// Where a figure comes from.
    pub fn origin_of(self, origin: &Origin, file: &str) -> String {
        let how = match origin.how {
            How::Read => self.word(words::HOW_READ),
            How::Inferred => self.word(words::HOW_INFERRED),
            How::Confirmed => self.word(words::HOW_CONFIRMED),
            How::Typed => self.word(words::HOW_TYPED),
        };
        let place = match origin.place {
            Some(Place::Table { table, row, column }) => self.table_place(table, row, column),
            Some(Place::Line(line)) => self.say(words::PLACE_LINE, &[("line", &line.to_string())]),
            None => String::new(),
        };
        let text = match origin.text.chars().count() {
            0 => String::new(),
            QUOTED.. => self.quotation(&(origin.text.chars().take(QUOTED).collect::<String>() + "…")),
            _ => self.quotation(&origin.text),
        };
        // What was typed stands in the place of what was read there.
        let lead = match origin.how {
            How::Typed => self.word(words::IN_PLACE_OF),
            _ => self.colon(),
        };
        let file = if place.is_empty() && text.is_empty() { "" } else { file };
        let mut whole = how.to_owned();
        for (at, part) in [file, &place, &text].into_iter().filter(|part| !part.is_empty()).enumerate() {
            whole += if at == 0 { lead } else { self.comma() };
            whole += part;
        }
        whole
    }

    fn table_place(self, table: usize, row: usize, column: Option<usize>) -> String {
        let (table, row) = (table.to_string(), row.to_string());
        let mut place = self.say(words::PLACE_ROW_OF_TABLE, &[("table", &table), ("row", &row)]);
        if let Some(column) = column {
            place += &self.say(words::PLACE_COLUMN_OF_ROW, &[("column", &column.to_string())]);
        }
        place
    }

    /// The way to the next cell that somebody should look at.
    pub fn doubtful(self, count: usize) -> String {
        self.say(words::DOUBTFUL, &[("count", &count.to_string())])
    }

    /// How many cells somebody should look at first, and why.
    pub fn doubtful_cells(self, inferred: usize, unread: usize) -> String {
        let (inferred_count, unread_count) = (inferred.to_string(), unread.to_string());
        let parts = [
            (inferred, self.say(words::DOUBTFUL_INFERRED, &[("n", &inferred_count)])),
            (unread, self.say(words::DOUBTFUL_UNREAD, &[("n", &unread_count)])),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, part)| part);
        parts.collect::<Vec<_>>().join(self.comma())
    }

    pub fn confirm_selected(self, count: usize) -> String {
        self.say(words::CONFIRM_SELECTED, &[("count", &count.to_string())])
    }

    /// What is left after cells were confirmed.
    pub fn confirmed(self, left: usize) -> String {
        match left {
            0 => self.word(words::CONFIRMED_ALL).to_owned(),
            left => self.say(words::CONFIRMED_LEFT, &[("left", &left.to_string())]),
        }
    }

    /// That figures of a report were inferred, and how they are marked, for who reads it.
    pub fn has_inferred(self, count: usize) -> String {
        self.say(words::HAS_INFERRED, &[("count", &count.to_string())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn check(how: How, place: Option<Place>, text: &str, zh: &str, en: &str) {
        let origin = Origin { how, place, text: text.to_owned() };
        assert_eq!(Words(Language::CHINESE).origin_of(&origin, "年报.html"), zh);
        assert_eq!(Words(Language::ENGLISH).origin_of(&origin, "年报.html"), en);
    }

    #[test]
    fn an_origin_is_told_as_far_as_it_is_known() {
        let table = Some(Place::Table { table: 3, row: 8, column: Some(2) });
        check(
            How::Read,
            table,
            "217",
            "原文读取：年报.html，第 3 张表第 8 行第 2 列，“217”",
            "Read: 年报.html, table 3, row 8, column 2, “217”",
        );
        check(
            How::Confirmed,
            Some(Place::Line(7)),
            "",
            "推定，已确认：年报.html，第 7 行",
            "Inferred and confirmed: 年报.html, line 7",
        );
        check(How::Typed, None, "", "人工填写", "Entered by hand");
        check(
            How::Typed,
            None,
            "l2",
            "人工填写，原处为 年报.html，“l2”",
            "Entered by hand, in place of 年报.html, “l2”",
        );
        check(
            How::Inferred,
            None,
            "",
            "按勾稽关系等推定，请核对",
            "Inferred from the relations and other evidence, please check",
        );
    }

    #[test]
    fn a_long_text_is_not_quoted_as_a_whole() {
        let origin = Origin { how: How::Read, place: None, text: "1".repeat(500) };
        assert!(Words(Language::CHINESE).origin_of(&origin, "").chars().count() < 80);
    }
}

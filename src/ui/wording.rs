//! Which message of `locales/` the interface says when. The labels of forms and the sentences of
//! findings come from elsewhere.

use super::drafts::Trouble;
use super::groups::Group;
use super::intl;
use super::pasting::Pasting;
use super::session::{Entry, Wish};
use crate::check::Coverage;
use crate::finding::Severity;
use crate::language::{Language, Message};
use crate::recast::Recast;
use crate::words;

/// The words in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(pub Language);

macro_rules! words {
    ($($name:ident: $message:path;)*) => {
        impl Words {
            $(pub fn $name(self) -> &'static str {
                self.word($message)
            })*
        }
    };
}

mod charts;
mod files;
mod origins;

words! {
    agency: words::AGENCY;
    year: words::YEAR;
    form: words::FORM;
    result: words::RESULT;
    contents: words::CONTENTS;
    not_filled: words::NOT_FILLED_IN;
    blank: words::BLANK;
    unread: words::UNREAD;
    leftover: words::LEFTOVER;
    no_figures: words::NO_FIGURES;
    colon: words::COLON;
    hint: words::HINT;
    see_finding: words::SEE_FINDING;
    see_section: words::SEE_SECTION;
    back: words::BACK;
    behind: words::BEHIND;
    details: words::DETAILS;
    whole_report: words::WHOLE_REPORT;
    title_text: words::TITLE_TEXT;
    preamble: words::PREAMBLE;
    quoted: words::QUOTED_WORDS;
    suggestion: words::SUGGESTION;
    candidates: words::CANDIDATES;
    apply: words::APPLY;
    reason: words::REASON;
    write_reason: words::WRITE_REASON;
    rewrite_reason: words::REWRITE_REASON;
    withdraw: words::WITHDRAW;
    save: words::SAVE;
    cancel: words::CANCEL;
    keys: words::KEYS;
    blank_reason: words::BLANK_REASON;
    editing: words::EDITING;
    no_unit: words::NO_UNIT;
    filled: words::FILLED;
    next_blank: words::NEXT_BLANK;
    fill_zeros: words::FILL_ZEROS;
    yes_zeros: words::YES_ZEROS;
    propose: words::PROPOSE;
    yes_propose: words::YES_PROPOSE;
    paste_table: words::PASTE_TABLE;
    paste_block: words::PASTE_BLOCK;
    paste_anyway: words::PASTE_ANYWAY;
    follows: words::FOLLOWS;
    grid_keys: words::GRID_KEYS;
    leaving: words::LEAVING;
    check: words::CHECK;
    undo: words::UNDO;
    redo: words::REDO;
    cover: words::COVER;
    date: words::DATE;
    contact: words::CONTACT;
    contact_example: words::CONTACT_EXAMPLE;
    odd_year: words::ODD_YEAR;
    only_year: words::ONLY_YEAR;
    yes_recast: words::YES_RECAST;
    opening: words::OPENING;
    required: words::REQUIRED;
    met: words::MET;
    unmet: words::UNMET;
    to_judge: words::TO_JUDGE;
    numbers: words::NUMBERS;
    agrees: words::AGREES;
    not_in_table: words::NOT_IN_TABLE;
    to_table: words::TO_TABLE;
    in_text: words::IN_TEXT;
    no_error: words::NO_ERROR;
    nothing_wrong: words::NOTHING_WRONG;
    cells: words::CELLS;
    due: words::DUE;
    actual: words::ACTUAL;
    sum: words::SUM;
    basis: words::BASIS;
    drafts: words::DRAFTS;
    drafts_here: words::DRAFTS_HERE;
    no_drafts: words::NO_DRAFTS;
    no_agency: words::NO_AGENCY;
    shown_here: words::SHOWN_HERE;
    open: words::OPEN;
    close: words::CLOSE;
    delete: words::DELETE;
    delete_warning: words::DELETE_WARNING;
    deleted: words::DELETED;
    saving: words::SAVING;
    dismiss: words::DISMISS;
    use_published: words::USE_PUBLISHED;
    published_again: words::PUBLISHED_AGAIN;
    elsewhere: words::ELSEWHERE;
    unsaved_here: words::UNSAVED_HERE;
    take_over: words::TAKE_OVER;
    taken_over: words::TAKEN_OVER;
    loading: words::LOADING;
    failed: words::FAILED;
    retry: words::RETRY;
    empty: words::EMPTY;
}

impl Words {
    fn word(self, message: Message) -> &'static str {
        self.0.word(message)
    }

    /// A message with its values, numbers as the language writes them.
    fn say(self, message: Message, values: &[(&str, &str)]) -> String {
        self.0.say_with(message, values, &|digits| intl::number(self.0, digits))
    }

    /// What there is to do, as a heading over the findings.
    pub fn group(self, group: Group) -> &'static str {
        match group {
            Group::Correct => self.word(words::GROUP_CORRECT),
            Group::Confirm => self.word(words::GROUP_CONFIRM),
            Group::Fill => self.word(words::GROUP_FILL),
            Group::Consider => self.word(words::GROUP_CONSIDER),
            Group::Answered => self.word(words::GROUP_ANSWERED),
        }
    }

    /// How many there are of a group.
    pub fn count(self, group: Group, count: usize) -> String {
        let message = match group {
            Group::Correct => words::COUNT_ERRORS,
            Group::Confirm => words::COUNT_CONFIRM,
            Group::Fill => words::COUNT_BLANKS,
            Group::Consider => words::COUNT_NOTES,
            Group::Answered => words::COUNT_ANSWERED,
        };
        self.say(message, &[("count", &count.to_string())])
    }

    /// The severity in front of one finding.
    pub fn one(self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.word(words::ONE_ERROR),
            Severity::Warning => self.word(words::ONE_WARNING),
            Severity::Info => self.word(words::ONE_INFO),
        }
    }

    pub fn form_name(self, name: &str, notice: &str) -> String {
        self.say(words::FORM_NAME, &[("name", name), ("notice", notice)])
    }

    pub fn printed_year(self, year: i32) -> String {
        self.0.printed_year(year)
    }

    pub fn unit(self, unit: &str) -> String {
        self.say(words::UNIT, &[("unit", unit)])
    }

    /// What the number beside an entry of the contents counts.
    pub fn findings_here(self, count: usize) -> String {
        self.say(words::COUNT_FINDINGS, &[("count", &count.to_string())])
    }

    pub fn zeros(self, count: usize) -> String {
        self.say(words::ZEROS, &[("count", &count.to_string())])
    }

    pub fn more_cells(self, count: usize) -> String {
        self.say(words::MORE_CELLS, &[("count", &count.to_string())])
    }

    pub fn show_all_of(self, count: usize) -> String {
        self.say(words::SHOW_ALL_OF, &[("count", &count.to_string())])
    }

    /// What comes before the counts: that there is nothing grave, or that nothing could be checked.
    pub fn lead(self, coverage: Coverage, errors: usize, open: usize) -> Option<&'static str> {
        match (errors, open) {
            _ if coverage.cells_filled == 0 => Some(self.no_figures()),
            (0, 0) => Some(self.nothing_wrong()),
            (0, _) => Some(self.no_error()),
            _ => None,
        }
    }

    /// How much was checked, and what was left open.
    pub fn extent(self, coverage: Coverage, sound: bool) -> String {
        let Coverage { relations_checked: relations, relations_open: open, cells_filled: filled, .. } = coverage;
        if filled == 0 {
            return String::new();
        }
        let mut extent =
            self.say(words::EXTENT, &[("filled", &filled.to_string()), ("relations", &relations.to_string())]);
        if sound && relations > 0 {
            extent += self.word(words::EXTENT_SOUND);
        }
        extent += self.word(words::STOP);
        if open > 0 {
            extent += &self.say(words::EXTENT_OPEN, &[("open", &open.to_string())]);
        }
        extent
    }

    /// Several things of one sentence.
    pub fn comma(self) -> &'static str {
        self.word(words::COMMA)
    }

    /// Between sentences.
    pub fn space(self) -> &'static str {
        self.word(words::SPACE)
    }

    /// What a cell should hold instead.
    pub fn correction(self, from: &str, to: &str) -> String {
        if from.is_empty() {
            return self.say(words::CORRECTION_FILL, &[("to", to)]);
        }
        self.say(words::CORRECTION_CHANGE, &[("from", from), ("to", to)])
    }

    /// What a mistake looks like.
    pub fn why(self, why: &str) -> String {
        if why.is_empty() {
            return String::new();
        }
        self.say(words::WHY, &[("why", why)])
    }

    pub fn ask_zeros(self, blanks: usize, marks: usize) -> String {
        let (count, some) = (blanks.to_string(), marks.to_string());
        let values = [("count", &*count), ("some", &some)];
        let message = match marks {
            0 => words::ASK_ZEROS,
            _ => words::ASK_ZEROS_AND_MARKS,
        };
        self.say(message, &values)
    }

    pub fn ask_proposals(self, count: usize) -> String {
        self.say(words::ASK_PROPOSALS, &[("count", &count.to_string())])
    }

    pub fn ask_paste(self, pasting: &Pasting) -> String {
        let count = pasting.texts.len().to_string();
        let Some(whole) = &pasting.whole else {
            let values = [("count", &*count)];
            return self.say(words::ASK_PASTE_SOME, &values);
        };
        let year = whole.year.map(|year| self.printed_year(year)).unwrap_or_default();
        let unread = match whole.unread {
            0 => String::new(),
            unread => self.say(words::ASK_PASTE_UNREAD, &[("unread", &unread.to_string())]),
        };
        let known = if whole.agency.is_empty() && year.is_empty() { "none" } else { "some" };
        let values =
            [("known", known), ("agency", &*whole.agency), ("year", &year), ("count", &count), ("unread", &unread)];
        self.say(words::ASK_PASTE_TABLE, &values)
    }

    pub fn strays(self, count: usize) -> String {
        self.say(words::STRAYS, &[("count", &count.to_string())])
    }

    pub fn no_numbers(self, count: usize) -> String {
        self.say(words::NO_NUMBERS, &[("count", &count.to_string())])
    }

    pub fn replaced(self, count: usize) -> String {
        self.say(words::REPLACED, &[("count", &count.to_string())])
    }

    pub fn progress(self, filled: usize, cells: usize) -> String {
        let values = [("filled", &*filled.to_string()), ("cells", &cells.to_string())];
        self.say(words::PROGRESS, &values)
    }

    pub fn back_to_sum(self, sum: &str) -> String {
        self.say(words::BACK_TO_SUM, &[("sum", sum)])
    }

    pub fn unit_of(self, label: &str) -> String {
        self.say(words::UNIT_OF, &[("label", label)])
    }

    /// What stands before and behind quoted words.
    pub fn quotation_marks(self) -> (&'static str, &'static str) {
        self.word(words::QUOTED).split_once("{text}").unwrap_or_default()
    }

    pub fn quotation(self, text: &str) -> String {
        self.0.quoted(text)
    }

    /// How the sides should compare, which they do not.
    pub fn should_be(self, sign: &str) -> String {
        self.say(words::SHOULD_BE, &[("sign", sign)])
    }

    /// What a total is made of.
    pub fn made_of(self, count: usize) -> String {
        self.say(words::MADE_OF, &[("count", &count.to_string())])
    }

    /// That the parts of a total come to something else than the total.
    pub fn unlike(self, value: &str) -> String {
        self.say(words::UNLIKE, &[("value", value)])
    }

    /// How long a text is, and how long it may be.
    pub fn length(self, count: usize, most: Option<usize>) -> String {
        let (number, most, over) =
            (count.to_string(), most.unwrap_or(usize::MAX), count.saturating_sub(most.unwrap_or(usize::MAX)));
        let (limit, over) = (most.to_string(), over.to_string());
        let values = [("count", &*number), ("most", &limit), ("over", &over)];
        let message = match most {
            usize::MAX => words::LENGTH,
            most if count > most => words::LENGTH_OVER,
            _ => words::LENGTH_OF_MOST,
        };
        self.say(message, &values)
    }

    /// How many numbers of a text are those of the tables.
    pub fn agreeing(self, count: usize) -> String {
        self.say(words::AGREEING, &[("count", &count.to_string())])
    }

    /// That a number states a sum of further cells too.
    pub fn and_more(self, count: usize) -> String {
        if count == 0 {
            return String::new();
        }
        self.say(words::AND_MORE, &[("count", &(count + 1).to_string())])
    }

    pub fn in_table(self, figure: &str) -> String {
        self.say(words::IN_TABLE, &[("figure", figure)])
    }

    /// That a number is the sum of more than its words name.
    pub fn of_more(self, figure: &str) -> String {
        self.say(words::OF_MORE, &[("figure", figure)])
    }

    /// The button that has the text say what the table says.
    pub fn rewrite(self, to: &str) -> String {
        self.say(words::REWRITE, &[("to", to)])
    }

    /// What would be written in place of a number in quoted words.
    pub fn rewriting(self, from: &str, to: &str) -> String {
        self.say(words::REWRITING, &[("from", from), ("to", to)])
    }

    /// Whether the report is to be laid into the form of another year.
    pub fn ask_recast(self, year: i32, form: &str, recast: &Recast) -> String {
        let regained = match recast.regained {
            0 => String::new(),
            count => self.say(words::ASK_RECAST_REGAINED, &[("count", &count.to_string())]),
        };
        let values = [
            ("year", &*year.to_string()),
            ("form", form),
            ("shared", &recast.shared.to_string()),
            ("kept", &recast.kept.to_string()),
            ("regained", &regained),
        ];
        self.say(words::ASK_RECAST, &values)
    }

    /// What comes before the figures that would have no place.
    pub fn without_place(self, count: usize) -> String {
        self.say(words::WITHOUT_PLACE, &[("count", &count.to_string())])
    }

    /// How the report stands after a change.
    pub fn now(self, counts: &str) -> String {
        self.say(words::NOW, &[("counts", counts)])
    }

    /// What came of a change that was asked for.
    pub fn said(self, wish: &Wish) -> &'static str {
        match wish {
            Wish::Repair { .. } => self.word(words::SAID_REPAIRED),
            Wish::Answer { reason, .. } if reason.trim().is_empty() => self.word(words::SAID_REASON_WITHDRAWN),
            Wish::Answer { .. } => self.word(words::SAID_REASON_SAVED),
            Wish::Enter { entry, .. } => match entry {
                Entry::Typed { .. } => self.word(words::SAID_FILLED),
                Entry::Cleared => self.word(words::SAID_CLEARED),
                Entry::Pasted => self.word(words::SAID_PASTED),
                Entry::Zeros => self.word(words::SAID_ZEROS),
                Entry::Proposed => self.word(words::SAID_PROPOSED),
                Entry::Summed => self.word(words::SAID_SUMMED),
            },
            Wish::Confirm(_) => self.word(words::SAID_CONFIRMED),
            Wish::Unit { .. } => self.word(words::SAID_UNIT),
            Wish::Restore => self.word(words::SAID_RESTORED),
            Wish::Text { .. } => self.word(words::SAID_TEXT),
            Wish::Cover { .. } => self.word(words::SAID_COVER),
            Wish::Rewrite(_) => self.word(words::SAID_REWRITTEN),
            Wish::Recast(_) => self.word(words::SAID_RECAST),
            Wish::Import(_) => self.word(words::SAID_IMPORTED),
            Wish::Take(_) => self.word(words::SAID_TAKEN),
            Wish::Undo => self.word(words::SAID_UNDONE),
            Wish::Redo => self.word(words::SAID_REDONE),
        }
    }

    /// A day and its time.
    pub fn moment(self, moment: f64) -> String {
        intl::moment(self.0, moment)
    }

    /// That everything is saved, and since when.
    pub fn saved(self, moment: f64) -> String {
        self.say(words::SAVED, &[("time", &intl::time(self.0, moment))])
    }

    pub fn saved_at(self, moment: &str) -> String {
        self.say(words::SAVED_AT, &[("moment", moment)])
    }

    /// That a draft was restored, and whether what is published has changed since.
    pub fn restored(self, moment: &str, outdated: bool) -> String {
        let mut sentence = self.say(words::RESTORED, &[("moment", moment)]);
        if outdated {
            sentence += self.word(words::RESTORED_OUTDATED);
        }
        sentence
    }

    pub fn opened(self, moment: &str) -> String {
        self.say(words::OPENED, &[("moment", moment)])
    }

    pub fn draft_alone(self, moment: &str) -> String {
        self.say(words::DRAFT_ALONE, &[("moment", moment)])
    }

    pub fn delete_question(self, name: &str) -> String {
        self.say(words::DELETE_QUESTION, &[("name", name)])
    }

    /// Why drafts are not kept, and what to do.
    pub fn unsaved(self, trouble: Trouble) -> String {
        let reason = match trouble {
            Trouble::Refused => words::UNSAVED_REFUSED,
            Trouble::Full => words::UNSAVED_FULL,
            Trouble::Newer => words::UNSAVED_NEWER,
            Trouble::Failed => words::UNSAVED_FAILED,
            Trouble::Unreadable => words::UNSAVED_UNREADABLE,
        };
        self.say(words::UNSAVED, &[("reason", self.word(reason))])
    }

    /// Why drafts cannot be listed or deleted.
    pub fn unlisted(self, trouble: Trouble) -> String {
        match trouble {
            Trouble::Refused | Trouble::Newer => self.unsaved(trouble),
            Trouble::Full | Trouble::Failed | Trouble::Unreadable => self.word(words::UNLISTED).to_owned(),
        }
    }

    /// What the check looked at.
    pub fn scope(self, scope: Scope) -> String {
        let mut parts = vec![self.word(words::SCOPE_RELATIONS).to_owned(), self.word(words::SCOPE_CELLS).to_owned()];
        let mut add = |checked: bool, message: Message| {
            if checked {
                parts.push(self.word(message).to_owned());
            }
        };
        add(scope.year, words::SCOPE_YEAR);
        add(scope.headings, words::SCOPE_HEADINGS);
        add(scope.texts, words::SCOPE_TEXTS);
        add(scope.prior, words::SCOPE_PRIOR);
        let parts = parts.join(self.word(words::LIST_COMMA));
        let checked = self.say(words::SCOPE, &[("parts", &parts)]);
        if scope.prior {
            return checked;
        }
        checked + self.word(words::SCOPE_WITHOUT_PRIOR)
    }

    pub fn unreachable(self, address: &str) -> String {
        self.say(words::UNREACHABLE, &[("address", address)])
    }

    /// What an HTTP status other than success means for a reader.
    pub fn refused(self, address: &str, status: u16) -> String {
        let message = match status {
            404 | 410 => words::REFUSED_STATUS_MISSING,
            401 | 403 => words::REFUSED_STATUS_DENIED,
            500..=599 => words::REFUSED_STATUS_FAULT,
            _ => words::REFUSED_STATUS_OTHER,
        };
        self.say(
            words::REFUSED_STATUS,
            &[("address", address), ("reason", self.word(message)), ("status", &status.to_string())],
        )
    }

    pub fn no_content(self, name: &str) -> String {
        self.say(words::NO_CONTENT, &[("name", name)])
    }

    pub fn own_content(self) -> &'static str {
        self.word(words::OWN_CONTENT)
    }

    pub fn given_file(self) -> &'static str {
        self.word(words::GIVEN_FILE)
    }

    pub fn faulty_form(self, place: &str, problem: &str) -> String {
        self.say(words::FAULTY_FORM, &[("place", place), ("problem", problem)])
    }

    pub fn faulty_rules(self, place: &str, problem: &str) -> String {
        self.say(words::FAULTY_RULES, &[("place", place), ("problem", problem)])
    }

    /// Why last year's report was left out.
    pub fn prior_unread(self, reason: &str) -> String {
        self.say(words::PRIOR_UNREAD, &[("reason", reason)])
    }

    pub fn unknown_cell(self, address: &str) -> String {
        self.say(words::UNKNOWN_CELL, &[("address", address)])
    }

    pub fn unknown_format(self, format: &str, known: &str) -> String {
        self.say(words::UNKNOWN_FORMAT, &[("format", format), ("known", known)])
    }

    pub fn nothing_shown(self) -> &'static str {
        self.word(words::NOTHING_SHOWN)
    }
}

/// What a check could look at beside figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    pub year: bool,
    pub headings: bool,
    pub texts: bool,
    pub prior: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    const COVERAGE: Coverage = Coverage { relations_checked: 42, relations_open: 0, cells: 201, cells_filled: 200 };
    const ZH: Words = Words(Language::CHINESE);
    const EN: Words = Words(Language::ENGLISH);

    #[test]
    fn the_lead_never_says_more_than_the_counts() {
        assert_eq!(ZH.lead(COVERAGE, 0, 0), Some("核对无误"));
        assert_eq!(ZH.lead(COVERAGE, 0, 3), Some("没有发现错误"));
        assert_eq!(ZH.lead(COVERAGE, 1, 3), None);
    }

    #[test]
    fn an_empty_form_is_not_called_faultless() {
        let coverage = Coverage { relations_checked: 0, relations_open: 42, cells: 201, cells_filled: 0 };
        assert_eq!(ZH.lead(coverage, 0, 0), Some("表格中没有填写数据，勾稽关系无从核对"));
        assert_eq!(ZH.extent(coverage, true), "");
    }

    #[test]
    fn how_much_was_checked_is_one_sentence_and_what_stayed_open_another() {
        assert_eq!(ZH.extent(COVERAGE, true), "核对了 200 个数据、42 条勾稽关系，关系全部成立。");
        assert_eq!(ZH.extent(COVERAGE, false), "核对了 200 个数据、42 条勾稽关系。");
        assert_eq!(EN.extent(COVERAGE, false), "200 figures and 42 relations checked.");
        let open = Coverage { relations_open: 1, ..COVERAGE };
        assert!(EN.extent(open, false).ends_with("Left open by a blank or a text: 1 relation."));
    }

    #[test]
    fn counts_are_plain_words() {
        assert_eq!(ZH.count(Group::Correct, 2), "2 处错误");
        assert_eq!(ZH.count(Group::Fill, 12), "12 个空格");
        assert_eq!([EN.count(Group::Correct, 1), EN.count(Group::Fill, 2)], ["1 error", "2 blanks"]);
    }

    #[test]
    fn a_correction_says_what_stands_there_unless_nothing_does() {
        assert_eq!(ZH.correction("21", "12") + &ZH.why("数字颠倒"), "由 21 改为 12（数字颠倒）");
        assert_eq!(ZH.correction("", "12") + &ZH.why(""), "填为 12");
    }

    #[test]
    fn the_scope_says_when_last_year_is_missing() {
        let scope = |prior| Words(Language::CHINESE).scope(Scope { year: true, headings: false, texts: true, prior });
        assert!(scope(false).contains("未核对两年之间的衔接"));
        assert!(scope(true).contains("正文与表格、与上一年度的衔接"));
    }
}

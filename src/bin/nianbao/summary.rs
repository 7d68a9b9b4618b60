//! What came out of many files, in a line.

use std::collections::BTreeMap;

use nianbao::finding::Tally;
use nianbao::language::{Language, Message};

use crate::check::{Outcome, PriorState};
use crate::files::Gathered;
use crate::{ERROR_FOUND, FINE, UNREADABLE};
use nianbao::words;

/// What came out of the files so far.
#[derive(Debug, Default)]
pub struct Summary {
    files: usize,
    unreadable: usize,
    faulty: usize,
    tally: Tally,
    without_prior: usize,
    unsure_prior: usize,
}

impl Summary {
    pub fn count(&mut self, outcome: &Outcome) {
        self.files += 1;
        let Ok(told) = &outcome.told else {
            self.unreadable += 1;
            return;
        };
        self.faulty += usize::from(told.tally.errors > 0);
        self.tally.errors += told.tally.errors;
        self.tally.warnings += told.tally.warnings;
        self.tally.infos += told.tally.infos;
        self.tally.answered += told.tally.answered;
        self.without_prior += usize::from(told.prior == PriorState::Missing);
        self.unsure_prior += usize::from(told.prior == PriorState::Unsure);
    }

    /// The exit status.
    pub fn status(&self) -> u8 {
        match self {
            Summary { unreadable: 1.., .. } => UNREADABLE,
            Summary { faulty: 1.., .. } => ERROR_FOUND,
            _ => FINE,
        }
    }

    pub fn sentence(&self, language: Language) -> String {
        let Summary { files, unreadable, faulty, tally: Tally { errors, warnings, answered, .. }, .. } = self;
        let settled = match answered {
            0 => String::new(),
            answered => language.say(words::COMMAND_ANSWERED, &[("answered", &answered.to_string())]),
        };
        language.say(
            words::COMMAND_SUMMARY,
            &[
                ("files", &files.to_string()),
                ("faulty", &faulty.to_string()),
                ("unreadable", &unreadable.to_string()),
                ("errors", &errors.to_string()),
                ("warnings", &warnings.to_string()),
                ("settled", &settled),
            ],
        )
    }

    /// What a person should know besides: reports without a prior, and files that were skipped.
    /// `nameless` counts the priors whose agency or year is not known.
    pub fn notes(&self, gathered: &Gathered, nameless: usize, language: Language) -> String {
        let notes = [
            counted(self.without_prior, language, words::COMMAND_WITHOUT_PRIOR),
            counted(self.unsure_prior, language, words::COMMAND_PRIOR_NOT_CERTAIN),
            counted(nameless, language, words::COMMAND_PRIORS_NAMELESS),
            skipped(&gathered.skipped, language),
        ];
        let notes: Vec<_> = notes.into_iter().flatten().collect();
        match notes.join(language.word(words::LIST_SEMICOLON)) {
            notes if notes.is_empty() => notes,
            notes => language.say(words::COMMAND_NOTES, &[("notes", &notes)]),
        }
    }
}

fn counted(count: usize, language: Language, message: Message) -> Option<String> {
    (count > 0).then(|| language.say(message, &[("count", &count.to_string())]))
}

/// “按后缀跳过 3 个文件（.pdf 2，无后缀 1）”.
fn skipped(skipped: &BTreeMap<String, usize>, language: Language) -> Option<String> {
    let all: usize = skipped.values().sum();
    let kind = |(ending, count): (&String, &usize)| match ending.as_str() {
        "" => language.say(words::COMMAND_WITHOUT_ENDING, &[("count", &count.to_string())]),
        ending => language.say(words::COMMAND_WITH_ENDING, &[("ending", ending), ("count", &count.to_string())]),
    };
    let kinds: Vec<_> = skipped.iter().map(kind).collect();
    let kinds = kinds.join(language.word(words::COMMA));
    (all > 0).then(|| language.say(words::COMMAND_SKIPPED, &[("all", &all.to_string()), ("kinds", &kinds)]))
}

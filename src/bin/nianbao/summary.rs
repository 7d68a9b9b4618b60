//! What came out of many files, in a line.

use std::collections::BTreeMap;

use nianbao::finding::Tally;
use nianbao::language::Language;

use crate::check::{Outcome, PriorState};
use crate::files::Gathered;
use crate::{ERROR_FOUND, FINE, UNREADABLE};

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
            answered => language.pick(format!("，{answered} 处已作说明"), format!(", {answered} explained")),
        };
        language.pick(
            format!("共 {files} 个文件：{faulty} 个有错误，{unreadable} 个读不了；{errors} 处错误，{warnings} 处待确认{settled}。"),
            format!("{files} files: {faulty} with errors, {unreadable} unreadable; {errors} error(s), {warnings} warning(s){settled}."),
        )
    }

    /// What a person should know besides: reports without a prior, and files that were skipped.
    /// `nameless` counts the priors whose agency or year is not known.
    pub fn notes(&self, gathered: &Gathered, nameless: usize, language: Language) -> String {
        let notes = [
            counted(self.without_prior, language, "份没有找到上一年度报告", "without last year's report"),
            counted(
                self.unsure_prior,
                language,
                "份的上一年度报告不能确定",
                "whose report of last year is not certain",
            ),
            counted(
                nameless,
                language,
                "份上一年度报告不知道是哪个机关或哪一年的，没有用",
                "of the prior reports not used, as their body or year is not known",
            ),
            skipped(&gathered.skipped, language),
        ];
        let notes: Vec<_> = notes.into_iter().flatten().collect();
        match (notes.is_empty(), language) {
            (true, _) => String::new(),
            (false, Language::Chinese) => format!("{}。", notes.join("；")),
            (false, Language::English) => format!(" {}.", notes.join("; ")),
        }
    }
}

fn counted(count: usize, language: Language, chinese: &str, english: &str) -> Option<String> {
    (count > 0).then(|| format!("{count} {}", language.pick(chinese, english)))
}

/// “按后缀跳过 3 个文件（.pdf 2，无后缀 1）”.
fn skipped(skipped: &BTreeMap<String, usize>, language: Language) -> Option<String> {
    let all: usize = skipped.values().sum();
    let kind = |(ending, count): (&String, &usize)| match ending.as_str() {
        "" => language.pick(format!("无后缀 {count}"), format!("{count} without ending")),
        ending => language.pick(format!(".{ending} {count}"), format!("{count} .{ending}")),
    };
    let kinds: Vec<_> = skipped.iter().map(kind).collect();
    let kinds = kinds.join(language.pick("，", ", "));
    (all > 0).then(|| {
        language.pick(
            format!("文件夹里跳过了 {all} 个看来不是报告的文件（{kinds}），要读请直接写出文件名"),
            format!("{all} file(s) in folders skipped, as they do not look like reports ({kinds}); name them to have them read"),
        )
    })
}

//! Text against tables: what the texts state, compared with the figures.

use rust_decimal::Decimal;

use super::sentence::cell_label;
use crate::finding::{Equation, Finding, Operand, Quote, Repair, Severity, Source};
use crate::form::{self, Axis, CellId, Form, Operand as Place, Role, Side};
use crate::language::Language;
use crate::narrative::{self, Claim, Growth, OddSum, Reading, Said, Share};
use crate::relation::Outcome;
use crate::report::{PREAMBLE, Report};
use crate::words;

/// Compares what the texts say with the figures.
pub fn findings(comparison: &Comparison, findings: &mut Vec<Finding>) {
    let said = comparison.said;
    for claim in &said.claims {
        for finding in comparison.of(claim) {
            add(findings, finding);
        }
    }
    findings.extend(said.odd_sums.iter().map(|odd| comparison.odd_sum(odd)));
}

/// Adds a finding; one that says the same of the same cells only adds its words.
fn add(findings: &mut Vec<Finding>, finding: Finding) {
    let same = |known: &&mut Finding| {
        (&known.rule, &known.code, &known.cells, &known.actual)
            == (&finding.rule, &finding.code, &finding.cells, &finding.actual)
    };
    match findings.iter_mut().find(same) {
        Some(known) if known.rule == RULE => {
            known.quotes.extend(finding.quotes);
            let texts = finding.repairs.into_iter().flat_map(|repair| repair.texts);
            match known.repairs.first_mut() {
                Some(repair) => repair.texts.extend(texts),
                None => known.repairs.extend(Repair::of_texts(texts.collect())),
            }
        }
        _ => findings.push(finding),
    }
}

const RULE: &str = "narrative";

/// The words of a place in a text.
pub fn quote(report: &Report, place: &narrative::Place) -> Quote {
    let text = report.section(&place.section).unwrap_or_default();
    let text: String = text.chars().skip(place.start).take(place.end - place.start).collect();
    Quote { section: place.section.clone(), start: place.start, end: place.end, text }
}

/// What a text stands under.
pub fn heading(form: &Form, section: &str, language: Language) -> String {
    match form.sections.iter().find(|known| known.id == section) {
        Some(known) => known.printed_heading(language),
        None if section == PREAMBLE => language.word(words::FINDING_BEFORE_HEADINGS).to_owned(),
        None => section.to_owned(),
    }
}

/// A text as a sentence names it.
pub fn text_name(form: &Form, section: &str, language: Language) -> String {
    let name = heading(form, section, language);
    if section == PREAMBLE {
        return name;
    }
    language.say(words::FINDING_SECTION_NAME, &[("name", &name)])
}

/// What the texts of a report say beside its figures.
pub struct Comparison<'a> {
    pub report: &'a Report,
    pub said: &'a Said,
    pub outcomes: &'a [Outcome],
    pub prior: Option<&'a Report>,
    pub language: Language,
}

/// A sum of cells with what it comes to.
pub struct Sum<'a> {
    pub reading: &'a Reading,
    pub cells: Vec<CellId>,
    pub value: Decimal,
}

impl Comparison<'_> {
    fn of(&self, claim: &Claim) -> Vec<Finding> {
        let sums = self.sums(claim);
        let Some(first) = sums.first() else { return Vec::new() };
        let Some(meant) = sums.iter().find(|sum| sum.value == claim.number) else {
            return vec![self.contradiction(claim, first)];
        };
        let mut findings = Vec::new();
        if let Some(severity) = meant.reading.severity.filter(|_| !claim.told_apart) {
            findings.push(self.other_sum(claim, first, meant, severity));
        }
        findings.extend(claim.share.as_ref().and_then(|share| self.share(claim, share, meant)));
        findings.extend(claim.growth.as_ref().and_then(|growth| self.growth(claim, growth, meant)));
        findings
    }

    /// What the readings of a claim come to, where the likeliest comes to something.
    pub fn sums<'a>(&self, claim: &'a Claim) -> Vec<Sum<'a>> {
        let mut sums: Vec<Sum> = claim.readings.iter().filter_map(|reading| self.sum(claim, reading)).collect();
        sums.retain({
            let likeliest = sums.first().is_some_and(|sum| std::ptr::eq(sum.reading, &claim.readings[0]));
            move |_| likeliest
        });
        sums
    }

    pub fn cells(&self, claim: &Claim, reading: &Reading) -> Vec<CellId> {
        let table = &self.report.form.tables[claim.table];
        let columns = |row: usize| reading.columns.iter().map(move |&column| table.cell(row, column));
        reading.rows.iter().flat_map(|&row| columns(row)).collect()
    }

    /// What a reading comes to; `None` where a figure is missing.
    pub fn sum<'a>(&self, claim: &Claim, reading: &'a Reading) -> Option<Sum<'a>> {
        let cells = self.cells(claim, reading);
        let value = cells.iter().try_fold(Decimal::ZERO, |sum, cell| sum.checked_add(figure(self.report, *cell)?))?;
        is_filled(self.report, &cells).then_some(Sum { reading, cells, value })
    }

    /// What the cells of a sum are called: one by its labels, several by what their rows share.
    fn name(&self, claim: &Claim, sum: &Sum) -> String {
        let form = &*self.report.form;
        match sum.cells.as_slice() {
            [one] => self.language.quoted(&cell_label(form, *one, self.language)),
            cells => {
                let table = &form.tables[claim.table];
                let group = |row: &usize| table.rows[*row].groups.last();
                let first = sum.reading.rows.first().and_then(group);
                let whole = sum.reading.rows.len() > 2 && sum.reading.rows.iter().all(|row| group(row) == first);
                let group = first.filter(|_| whole);
                match (group, sum.reading.columns.as_slice()) {
                    (Some(group), [_]) => {
                        let group = group.get(self.language);
                        self.language.say(words::FINDING_GROUP_SUM, &[("group", group)])
                    }
                    _ => self.listed(cells),
                }
            }
        }
    }

    /// Cells by their labels, the first three of them.
    fn listed(&self, cells: &[CellId]) -> String {
        let label = |cell: &CellId| self.language.quoted(&self.report.form.row_label(*cell, self.language));
        let labels: Vec<String> = cells.iter().take(3).map(label).collect();
        let labels = labels.join(self.language.word(words::LIST_COMMA));
        let more = if cells.len() > 3 { self.language.word(words::FINDING_AND_OTHERS) } else { "" };
        self.language.say(words::FINDING_CELLS_SUM, &[("labels", &labels), ("more", more)])
    }

    fn contradiction(&self, claim: &Claim, sum: &Sum) -> Finding {
        let place = self.place(claim);
        let quote = quote(self.report, &claim.place);
        let (words, name, value) = (one_line(&quote.text), self.name(claim, sum), plain(sum.value));
        let difference = plain((claim.number - sum.value).abs());
        let message = self.language.say(
            words::FINDING_TEXT_CONTRADICTS,
            &[("place", &place), ("words", &words), ("name", &name), ("value", &value), ("difference", &difference)],
        );
        let rewrite = self.rewrite(claim).into_iter().collect();
        self.finding(claim, Severity::Warning, message, sum)
            .repaired_by(Repair::of_texts(rewrite).into_iter().collect())
    }

    /// What the words mean counts less where they only seem to be about the table.
    fn severity(claim: &Claim, severity: Severity) -> Severity {
        if claim.certain { severity } else { Severity::Info }
    }

    /// The number is not what the words mean first, but just the sum of more.
    fn other_sum(&self, claim: &Claim, first: &Sum, meant: &Sum, severity: Severity) -> Finding {
        let place = self.place(claim);
        let quote = quote(self.report, &claim.place);
        let (words, number) = (one_line(&quote.text), plain(claim.number));
        let label = |cell: &CellId| self.language.quoted(&self.report.form.row_label(*cell, self.language));
        let term = |cell: &CellId| label(cell) + self.language.word(words::SPACE) + &self.value(*cell);
        let terms = meant.cells.iter().map(term).collect::<Vec<_>>().join(" + ");
        let (name, value) = (self.name(claim, first), plain(first.value));
        let values = [
            ("place", &*place),
            ("words", &words),
            ("number", &number),
            ("terms", &terms),
            ("name", &name),
            ("value", &value),
        ];
        let message = self.language.say(words::FINDING_TEXT_OTHER_SUM, &values);
        self.finding(claim, severity, message, meant).comparing(Some(plain(claim.number)), Some(value))
    }

    fn place(&self, claim: &Claim) -> String {
        let name = text_name(&self.report.form, &claim.place.section, self.language);
        let mut chars = name.chars();
        match (self.language.is_chinese(), chars.next()) {
            // (With other letters than these no name begins, and their table weighs as much as a form.)
            (false, Some(first)) => [first.to_ascii_uppercase()].into_iter().chain(chars).collect(),
            _ => name,
        }
    }

    fn value(&self, cell: CellId) -> String {
        figure(self.report, cell).map(plain).unwrap_or_default()
    }

    fn finding(&self, claim: &Claim, severity: Severity, message: String, sum: &Sum) -> Finding {
        let form = &*self.report.form;
        let address = |cell: &CellId| form.cell(*cell).address.clone();
        let operand = |cell: &CellId| Operand {
            source: Source::Cell(address(cell)),
            label: cell_label(form, *cell, self.language),
            value: self.value(*cell),
            factor: 1,
            parts: Vec::new(),
        };
        let words = Operand {
            source: Source::Quote(0),
            label: self.language.word(words::FINDING_NUMBER_IN_TEXT).to_owned(),
            value: plain(claim.number),
            factor: 1,
            parts: Vec::new(),
        };
        let equation = Equation {
            name: self.language.word(words::FINDING_TEXT_EQUATION).to_owned(),
            basis: self.language.word(words::FINDING_TEXT_BASIS).to_owned(),
            sign: "=",
            left: vec![words],
            right: sum.cells.iter().map(operand).collect(),
            left_sum: plain(claim.number),
            right_sum: plain(sum.value),
        };
        let mut finding = Finding::new(RULE, Self::severity(claim, severity), message)
            .coded(&form.tables[claim.table].id)
            .in_section(&claim.place.section)
            .about(sum.cells.iter().map(address).collect())
            .comparing(Some(plain(claim.number)), Some(plain(sum.value)))
            .quoting(vec![quote(self.report, &claim.place)]);
        finding.equation = (sum.value != claim.number).then_some(equation);
        finding
    }

    /// A share that is neither one of what was handled nor of what was received.
    fn share(&self, claim: &Claim, share: &Share, meant: &Sum) -> Option<Finding> {
        let form = &*self.report.form;
        let of_table = form.claims.iter().find(|claims| claims.table == claim.table && claims.whole.is_some())?;
        let (whole, column) = (of_table.whole?, of_table.column?);
        let total = figure(self.report, form.tables[claim.table].cell(whole, column))?;
        let of = |lines: &Vec<usize>| {
            let reading = Reading { rows: lines.clone(), columns: vec![column], severity: None };
            self.sum(claim, &reading).map(|sum| sum.value)
        };
        let right = |whole: Decimal| is_share(claim.number, whole, share.percent);
        let all = of_table.rows.iter().flat_map(meanings);
        if total.is_zero() || right(total) || all.filter_map(of).any(right) {
            return None;
        }
        // Where it may be a share of what was received, nobody knows which percentage was meant.
        let acts = of_table.rows.iter().filter(|said| said.role == Role::Act).flat_map(meanings);
        let only = acts.filter_map(of).all(|whole| whole.is_zero() || whole == total);
        let rewrite = self.percentage(claim, share, total).filter(|_| only);
        let due = plain(claim.number.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(total)?.round_dp(2));
        let quote = [quote(self.report, &claim.place), quote(self.report, &share.place)];
        let (place, words, percent) = (self.place(claim), one_line(&quote[0].text), share.percent.to_string());
        let values = [
            ("place", &*place),
            ("words", &words),
            ("percent", &percent),
            ("number", &plain(claim.number)),
            ("total", &plain(total)),
            ("due", &due),
        ];
        let message = self.language.say(words::FINDING_TEXT_SHARE, &values);
        let finding = self.finding(claim, Severity::Warning, message, meant).coded("share");
        let repairs = Repair::of_texts(rewrite.into_iter().collect());
        Some(
            finding
                .comparing(Some(percent), Some(due))
                .quoting(quote.into())
                .repaired_by(repairs.into_iter().collect()),
        )
    }

    /// A change against last year that last year's report does not bear out.
    fn growth(&self, claim: &Claim, growth: &Growth, meant: &Sum) -> Option<Finding> {
        let prior = self.prior?;
        let form = &*self.report.form;
        let of_last = |cell: &CellId| figure(prior, prior.form.find(&form.cell(*cell).address)?);
        let last = |cells: &[CellId]| cells.iter().try_fold(Decimal::ZERO, |sum, cell| sum.checked_add(of_last(cell)?));
        let mut lasts = claim.readings.iter().filter_map(|reading| last(&self.cells(claim, reading)));
        let right = |last: Decimal| match growth.percent {
            true => is_growth(claim.number, last, growth.by),
            false => claim.number.checked_sub(last) == Some(growth.by),
        };
        let then = last(&meant.cells)?;
        if right(then) || lasts.any(right) || then.is_zero() {
            return None;
        }
        let difference = claim.number.checked_sub(then)?;
        let due = match growth.percent {
            true => difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(then)?.round_dp(1),
            false => difference,
        };
        let quotes = vec![quote(self.report, &growth.place), quote(self.report, &claim.place)];
        let unit = if growth.percent { "%" } else { "" };
        let (place, words, due) = (self.place(claim), one_line(&quotes[0].text), plain(due));
        let values = [
            ("place", &*place),
            ("words", &words),
            ("then", &plain(then)),
            ("number", &plain(claim.number)),
            ("due", &due),
            ("unit", unit),
        ];
        let message = self.language.say(words::FINDING_TEXT_GROWTH, &values);
        let finding = self.finding(claim, Severity::Warning, message, meant).coded("change");
        Some(finding.comparing(Some(plain(growth.by)), Some(due)).quoting(quotes))
    }

    fn odd_sum(&self, odd: &OddSum) -> Finding {
        let parts: Vec<String> = odd.parts.iter().copied().map(plain).collect();
        let sum: Decimal = odd.parts.iter().sum();
        let (parts, sum, total) = (parts.join(" + "), plain(sum), plain(odd.total));
        let place = text_name(&self.report.form, &odd.place.section, self.language);
        let message = self.language.say(
            words::FINDING_TEXT_ODD_SUM,
            &[("place", &place), ("parts", &parts), ("sum", &sum), ("total", &total)],
        );
        let finding = Finding::new(RULE, Severity::Info, message).coded("parts").in_section(&odd.place.section);
        finding.comparing(Some(sum), Some(total)).quoting(vec![quote(self.report, &odd.place)])
    }
}

/// A number as a sentence says it, without noughts at its end.
fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

/// The words of a quote without line breaks.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A figure, or for a blank total what its filled parts come to: that it is blank is told by another
/// rule, and whoever left it blank left zeros blank too.
fn figure(report: &Report, cell: CellId) -> Option<Decimal> {
    if report.is_partial(cell) {
        return None;
    }
    report.value(cell).number().or_else(|| {
        let form = &*report.form;
        let rows = form.touching(cell).iter().map(|&index| &form.instances[index]);
        let mut totals = rows.filter(|row| {
            let along_row = row.along.is_some_and(|(axis, _)| axis == Axis::Row);
            along_row && report.is_blank(cell) && row.total == Some(cell)
        });
        totals.next()?.side(Side::Right).try_fold(Decimal::ZERO, |sum, term| match term.operand {
            Place::Own(part) if report.is_blank(part) => Some(sum),
            Place::Own(part) => sum.checked_add(report.value(part).number()?),
            _ => None,
        })
    })
}

/// Whether any of these cells, or a part of one, is filled: a blank form contradicts nothing.
fn is_filled(report: &Report, cells: &[CellId]) -> bool {
    let form = &*report.form;
    let part =
        |term: &crate::form::Term| matches!(term.operand, Place::Own(part) if report.value(part).number().is_some());
    let rows =
        |cell: &CellId| form.touching(*cell).iter().any(|&index| form.instances[index].side(Side::Right).any(part));
    cells.iter().any(|cell| report.value(*cell).number().is_some() || rows(cell))
}

/// The lines that words for a row may mean.
fn meanings(said: &form::Said) -> impl Iterator<Item = &Vec<usize>> {
    [&said.lines].into_iter().chain(said.or.iter().map(|or| &or.lines))
}

/// One in the last place that a number is written with.
fn last_place(number: Decimal) -> Decimal {
    Decimal::new(1, number.scale())
}

/// Whether a share is right, rounded or cut off at the place at which it is written.
fn is_share(part: Decimal, whole: Decimal, percent: Decimal) -> bool {
    let exact = part.checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(whole));
    exact.is_some_and(|exact| (exact - percent).abs() < last_place(percent))
}

fn is_growth(now: Decimal, then: Decimal, percent: Decimal) -> bool {
    now.checked_sub(then).is_some_and(|change| is_share(change, then, percent))
}

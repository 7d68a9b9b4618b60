//! The sentences about relations: where, both sides in numbers, the difference, what to do.

use rust_decimal::Decimal;

use super::cause::Cause;
use super::repair::{Way, mistake};
use crate::finding::{Change, Equation, Finding, Operand, Repair, Source};
use crate::form::{self, Axis, CellId, Form, Instance, Side};
use crate::language::{self, Language};
use crate::relation::{self, Outcome};
use crate::report::Report;
use crate::value;
use crate::words;

pub fn relation_finding(
    report: &Report,
    prior: Option<&Report>,
    outcomes: &[Outcome],
    cause: &Cause,
    language: Language,
) -> Finding {
    let form = &*report.form;
    let instance = &form.instances[cause.instances[0]];
    let told = &form.relations[instance.relation];
    let equation = equation(report, prior, instance, outcomes[cause.instances[0]], language);
    let mut message = in_numbers(told.wording.get(language), &place(form, instance, language), &equation);
    message += &also(form, cause, language);
    message += &repair(report, cause, language);
    let (expected, actual) = match instance.side(Side::Left).count() {
        1 => (equation.right_sum.clone(), equation.left_sum.clone()),
        _ => (equation.left_sum.clone(), equation.right_sum.clone()),
    };
    let table = instance.terms.iter().find_map(own).map(|cell| form.cell(cell).table);
    let mut finding = Finding::new(&told.rule, told.severity, message)
        .coded(&told.code)
        .about(cells(form, cause))
        .comparing(Some(actual), Some(expected))
        .repaired_by(cause.repair.iter().flatten().map(|way| repair_of(report, way, language)).collect());
    finding.section = table.map(|table| form.section_of(table).id.clone());
    finding.equation = Some(equation);
    finding
}

/// A way as data.
pub fn repair_of(report: &Report, way: &Way, language: Language) -> Repair {
    let change = |(cell, value): &(CellId, Decimal)| Change {
        cell: report.form.cell(*cell).address.clone(),
        from: report.value(*cell).to_string(),
        to: value.to_string(),
    };
    Repair { changes: way.iter().map(change).collect(), why: mistake::why(report, way, language), ..Repair::default() }
}

fn own(term: &form::Term) -> Option<CellId> {
    match term.operand {
        form::Operand::Own(cell) => Some(cell),
        _ => None,
    }
}

/// All cells that take part, once each: those whose change would repair it, then the rest.
fn cells(form: &Form, cause: &Cause) -> Vec<String> {
    let repaired = cause.repair.iter().flatten().flatten().map(|(cell, _)| *cell);
    let rest = cause.instances.iter().flat_map(|&index| form.instances[index].terms.iter().filter_map(own));
    let mut cells: Vec<CellId> = Vec::new();
    for cell in repaired.chain(rest) {
        if !cells.contains(&cell) {
            cells.push(cell);
        }
    }
    cells.into_iter().map(|cell| form.cell(cell).address.clone()).collect()
}

/// Where a relation stands: the table, and the row or column in it.
fn place(form: &Form, instance: &Instance, language: Language) -> String {
    let Some(cell) = instance.terms.iter().find_map(own) else { return String::new() };
    let table = form.table(cell);
    let name = table.name.get(language);
    let Some((axis, at)) = instance.along else {
        return language.say(words::PLACE_TABLE, &[("name", name)]);
    };
    let (lines, message) = match axis {
        Axis::Row if table.across => (&table.rows, words::PLACE_PART),
        Axis::Row => (&table.rows, words::PLACE_ROW),
        Axis::Column => (&table.columns, words::PLACE_COLUMN),
    };
    language.say(message, &[("name", name), ("line", &lines[at].short_label(language))])
}

fn equation(
    report: &Report,
    prior: Option<&Report>,
    instance: &Instance,
    outcome: Outcome,
    language: Language,
) -> Equation {
    let relation = &report.form.relations[instance.relation];
    let terms = Terms { report, prior, language };
    let operands = |side| instance.side(side).map(|term| terms.operand(term, Some(instance))).collect();
    let (left_sum, right_sum) = match outcome {
        Outcome::Fails { left, right } => (left.normalize().to_string(), right.normalize().to_string()),
        _ => Default::default(),
    };
    Equation {
        name: relation.name.get(language).to_owned(),
        basis: relation.basis.get(language).to_owned(),
        sign: relation.compare.sign(),
        left: operands(Side::Left),
        right: operands(Side::Right),
        left_sum,
        right_sum,
    }
}

/// Makes the operands of equations.
struct Terms<'a> {
    report: &'a Report,
    prior: Option<&'a Report>,
    language: Language,
}

impl Terms<'_> {
    /// A term, with its own parts where it is a total of another relation than the one it stands in.
    fn operand(&self, term: &form::Term, within: Option<&Instance>) -> Operand {
        let (source, label) = match &term.operand {
            form::Operand::Own(cell) => {
                let address = self.report.form.cell(*cell).address.clone();
                (Source::Cell(address), cell_label(&self.report.form, *cell, self.language))
            }
            form::Operand::Prior(address) => (Source::Prior(address.clone()), self.prior_label(address)),
            form::Operand::Fixed(_) => (Source::Rule, self.language.word(words::FINDING_FIXED_BY_RULE).to_owned()),
        };
        let value =
            relation::figure(&term.operand, self.report, self.prior).map(|figure| figure.normalize().to_string());
        let parts = within.map(|within| self.parts(term, within)).unwrap_or_default();
        Operand { source, label, value: value.unwrap_or_default(), factor: term.factor, parts }
    }

    fn prior_label(&self, address: &str) -> String {
        let named = |prior: &Report| Some(cell_label(&prior.form, prior.form.find(address)?, self.language));
        let label = self.prior.and_then(named).unwrap_or_else(|| address.to_owned());
        self.language.say(words::FINDING_LAST_YEAR, &[("label", &label)])
    }

    /// What a total should be the sum of: along the same axis as the relation that it stands in, if it can.
    fn parts(&self, term: &form::Term, within: &Instance) -> Vec<Operand> {
        let Some(cell) = own(term) else { return Vec::new() };
        let form = &*self.report.form;
        let totals = form.touching(cell).iter().map(|&index| &form.instances[index]);
        let totals = totals.filter(|other| !std::ptr::eq(*other, within));
        let axis = |instance: &Instance| instance.along.map(|(axis, _)| axis);
        let mut of_cell: Vec<_> = totals.filter(|other| other.total == Some(cell)).collect();
        if let Some(same) = of_cell.iter().position(|other| axis(other) == axis(within)) {
            of_cell.swap(0, same);
        }
        let parts = of_cell.first().map(|instance| instance.side(Side::Right));
        parts.into_iter().flatten().map(|term| self.operand(term, None)).collect()
    }
}

/// Row and column of a cell by their labels.
pub fn cell_label(form: &Form, cell: CellId, language: Language) -> String {
    let (row, column) = (form.row_label(cell, language), form.column_label(cell, language));
    language.say(words::CELL_LABEL, &[("row", &row), ("column", &column)])
}

/// Puts the numbers into a wording of the form.
fn in_numbers(wording: &str, place: &str, equation: &Equation) -> String {
    let sum = |text: &str| value::exact(text).unwrap_or_default();
    let difference = (sum(&equation.left_sum) - sum(&equation.right_sum)).abs();
    let values = [
        ("where", place),
        ("left", &side(&equation.left, &equation.left_sum)),
        ("right", &side(&equation.right, &equation.right_sum)),
        ("left_sum", &equation.left_sum),
        ("right_sum", &equation.right_sum),
        ("difference", &difference.to_string()),
    ];
    language::fill(wording, &values)
}

/// How many terms of a sum are written out before its zeros are left away.
const WRITTEN_OUT: usize = 6;

/// One side in numbers: `201 + 5 = 206`, or the number alone.
fn side(operands: &[Operand], sum: &str) -> String {
    let written = |operand: &&Operand| operands.len() <= WRITTEN_OUT || operand.value != "0";
    let mut terms = String::new();
    let mut count = 0;
    for operand in operands.iter().filter(written) {
        let sign = match (operand.factor < 0, terms.is_empty()) {
            (true, true) => "-",
            (true, false) => " - ",
            (false, true) => "",
            (false, false) => " + ",
        };
        terms += sign;
        if operand.factor.abs() != 1 {
            terms += &operand.factor.abs().to_string();
            terms += " × ";
        }
        terms += &operand.value;
        count += 1;
    }
    if count > 1 || terms.contains('×') { [&terms, " = ", sum].concat() } else { sum.to_owned() }
}

/// The other relations that the same mistake breaks, or the same two.
fn also(form: &Form, cause: &Cause, language: Language) -> String {
    let others = &cause.instances[1..];
    if others.is_empty() {
        return String::new();
    }
    let places: Vec<_> = others.iter().map(|&index| described(form, &form.instances[index], language)).collect();
    let places = places.join(language.word(words::LIST_COMMA));
    if cause.repair.iter().flatten().any(|way| way.len() > 1) {
        return language.say(words::FINDING_ALSO_FAIL, &[("places", &places)]);
    }
    language.say(words::FINDING_ALSO_BREAKS, &[("places", &places)])
}

fn described(form: &Form, instance: &Instance, language: Language) -> String {
    let name = form.relations[instance.relation].name.get(language);
    let line = instance.along.and_then(|(axis, at)| {
        let table = form.table(instance.terms.iter().find_map(own)?);
        let (lines, message) = match axis {
            Axis::Row => (&table.rows, words::FINDING_IN_ROW),
            Axis::Column => (&table.columns, words::FINDING_IN_COLUMN),
        };
        Some(language.say(message, &[("label", &lines[at].short_label(language))]))
    });
    line.unwrap_or_default() + &language.quoted(name)
}

/// The smallest changes that would set everything right.
fn repair(report: &Report, cause: &Cause, language: Language) -> String {
    match cause.repair.as_deref() {
        None => String::new(),
        Some([]) => language.word(words::FINDING_MANY_REPAIRS).to_owned(),
        Some([way]) => suggestion(report, way, language),
        Some(ways) => candidates(report, ways, language),
    }
}

/// The only change that would do.
fn suggestion(report: &Report, way: &Way, language: Language) -> String {
    let labels: Vec<String> =
        way.iter().map(|(cell, _)| language.quoted(&cell_label(&report.form, *cell, language))).collect();
    let values: Vec<String> = way.iter().map(|(_, value)| value.to_string()).collect();
    let (labels, values) =
        (labels.join(language.word(words::LIST_AND)), values.join(language.word(words::LIST_AND_NUMBERS)));
    let why = mistake::why(report, way, language);
    let why = match why.is_empty() {
        true => why,
        false => language.say(words::FINDING_LOOKS_LIKE, &[("why", &why)]),
    };
    language.say(
        words::FINDING_SUGGESTION,
        &[("labels", &labels), ("cells", &way.len().to_string()), ("values", &values), ("why", &why)],
    )
}

/// Several changes, of which any would do.
fn candidates(report: &Report, ways: &[Way], language: Language) -> String {
    let told: Vec<String> = ways.iter().map(|way| candidate(report, way, language)).collect();
    let told = told.join(language.word(words::LIST_SEMICOLON));
    let most = ways.iter().map(|way| way.len().to_string()).max().unwrap_or_default();
    language.say(words::FINDING_CANDIDATES, &[("most", &most), ("told", &told)])
}

fn candidate(report: &Report, way: &Way, language: Language) -> String {
    let change = |(cell, value): &(CellId, Decimal)| {
        let label = cell_label(&report.form, *cell, language);
        language.say(words::FINDING_CANDIDATE, &[("label", &label), ("value", &value.to_string())])
    };
    let changes: Vec<String> = way.iter().map(change).collect();
    let changes = changes.join(language.word(words::FINDING_TOGETHER_WITH));
    if !mistake::is_telling(report, way) {
        return changes;
    }
    let why = mistake::why(report, way, language);
    language.say(words::FINDING_CANDIDATE_WHY, &[("changes", &changes), ("why", &why)])
}

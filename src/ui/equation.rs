//! The arithmetic behind a finding: both sides, term by term, each term a way to its cell or its
//! words, and a total that is itself a sum opens to its parts.

use rust_decimal::Decimal;
use yew::{Html, html};

use super::figure;
use super::scene::{Scene, each};
use super::wording::Words;
use crate::finding::{Equation, Finding, Operand, Source};
use crate::form::{Cell, CellId, Form};
use crate::value;

/// From how many terms on the zeros of a sum are folded.
const LONG: usize = 8;

/// A sum against one number is a column of figures with its total; two sums stand side by side.
pub fn equation(scene: &Scene, place: usize, finding: &Finding, equation: &Equation) -> Html {
    let Equation { name, basis, sign, left, right, left_sum, right_sum } = equation;
    let (form, words) = (&*scene.session.report.form, scene.words);
    let terms = Terms { labels: Labels::of(left.iter().chain(right), form), scene, place, finding };
    let between = |flipped| words_between(words, sign, flipped);
    let sides = match (left.as_slice(), right.as_slice()) {
        ([total], sum) if *sign == "=" => terms.column(sum, right_sum, &between(true), total),
        (sum, [total]) => terms.column(sum, left_sum, &between(false), total),
        ([total], sum) => terms.column(sum, right_sum, &between(true), total),
        (left, right) => html! {
            <div class="equation abreast">
                { terms.side(left, left_sum, None) }
                <p class="unequal">{ between(false) }</p>
                { terms.side(right, right_sum, None) }
            </div>
        },
    };
    html! {
        <>
            <p class="law">{ name.clone() }</p>
            { sides }
            <p class="basis">{ words.basis() }{ words.colon() }{ basis.clone() }</p>
        </>
    }
}

/// What stands between the sides: that they are not equal, or how they should compare. `flipped`
/// where the right side stands first.
fn words_between(words: Words, sign: &str, flipped: bool) -> String {
    match sign {
        "=" => "≠".to_owned(),
        "≤" if flipped => words.should_be("≥"),
        "≥" if flipped => words.should_be("≤"),
        sign => words.should_be(sign),
    }
}

/// What the terms of one equation are called: those of one row by their columns, those of one
/// column by their rows, others by both.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Labels {
    Columns,
    Rows,
    Both,
}

impl Labels {
    fn of<'a>(operands: impl Iterator<Item = &'a Operand>, form: &Form) -> Labels {
        let mut cells = operands.filter_map(|operand| cell_of(operand, form)).map(|cell| form.cell(cell));
        let Some(first) = cells.next() else { return Labels::Both };
        let (mut one_row, mut one_column) = (true, true);
        for Cell { table, row, column, .. } in cells {
            one_row &= (*table, *row) == (first.table, first.row);
            one_column &= (*table, *column) == (first.table, first.column);
        }
        match (one_row, one_column) {
            (true, false) => Labels::Columns,
            (false, true) => Labels::Rows,
            _ => Labels::Both,
        }
    }
}

fn cell_of(operand: &Operand, form: &Form) -> Option<CellId> {
    match &operand.source {
        Source::Cell(address) => form.find(address),
        _ => None,
    }
}

/// What the parts of a total come to; `None` where one of them is blank.
fn sum(parts: &[Operand]) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for part in parts {
        let value = value::exact(&part.value)?;
        sum = sum.checked_add(value.checked_mul(part.factor.into())?)?;
    }
    Some(sum)
}

#[derive(Clone, Copy)]
struct Terms<'a> {
    labels: Labels,
    scene: &'a Scene<'a>,
    place: usize,
    finding: &'a Finding,
}

impl Terms<'_> {
    fn column(&self, operands: &[Operand], sum: &str, between: &str, total: &Operand) -> Html {
        html! {
            <div class="equation">
                { self.side(operands, sum, None) }
                <ul role="list" class="total">{ self.term(between, total) }</ul>
            </div>
        }
    }

    /// Terms with their sum; `due` is what they should add up to, where that stands elsewhere.
    fn side(&self, operands: &[Operand], sum: &str, due: Option<&str>) -> Html {
        let words = self.scene.words;
        let folds = |operand: &&Operand| operands.len() >= LONG && operand.value == "0";
        let (zeros, terms): (Vec<_>, Vec<_>) = operands.iter().partition(folds);
        let unlike = due.filter(|due| !sum.is_empty() && *due != sum);
        html! {
            <div class="side">
                <ul role="list">{ each(terms.into_iter().enumerate().map(|(at, operand)| self.signed(at, operand))) }</ul>
                if !zeros.is_empty() {
                    <details>
                        <summary>{ words.zeros(zeros.len()) }</summary>
                        <ul role="list">{ each(zeros.into_iter().map(|operand| self.signed(1, operand))) }</ul>
                    </details>
                }
                if operands.len() > 1 && !sum.is_empty() {
                    <p class={if unlike.is_some() { "sum unlike" } else { "sum" }}>
                        <span class="label">{ words.sum() }{ unlike.map(|due| words.unlike(due)).unwrap_or_default() }</span>
                        <span class="value">{ figure::digits(sum) }</span>
                    </p>
                }
            </div>
        }
    }

    /// A term of a sum; the first has no plus.
    fn signed(&self, at: usize, operand: &Operand) -> Html {
        let sign = match (operand.factor < 0, at) {
            (true, _) => "−",
            (false, 0) => "",
            (false, _) => "+",
        };
        self.term(sign, operand)
    }

    fn term(&self, sign: &str, operand: &Operand) -> Html {
        let content = html! {
            <>
                <span class="sign">{ sign.to_owned() }</span>
                <span class="label">{ self.label(operand) }</span>
                <span class="value">{ figure::digits(&operand.value) }</span>
            </>
        };
        let target = match &operand.source {
            Source::Cell(address) => self.scene.cell_target(address),
            Source::Quote(at) => self.finding.quotes.get(*at).and_then(|quote| self.scene.quote_target(quote)),
            Source::Prior(_) | Source::Rule => None,
        };
        html! {
            <li>
                { match target {
                    Some(target) => self.scene.link("term", target, Some(self.place), content),
                    None => html! { <span class="term">{ content }</span> },
                } }
                { self.parts(operand) }
            </li>
        }
    }

    /// What a total should be the sum of, to be opened.
    fn parts(&self, operand: &Operand) -> Html {
        let Operand { parts, value, .. } = operand;
        if parts.is_empty() {
            return Html::default();
        }
        let within = Terms { labels: Labels::of(parts.iter(), &self.scene.session.report.form), ..*self };
        let sum = sum(parts).map(|sum| sum.normalize().to_string()).unwrap_or_default();
        html! {
            <details class="parts">
                <summary>{ self.scene.words.made_of(parts.len()) }</summary>
                { within.side(parts, &sum, Some(value)) }
            </details>
        }
    }

    fn label(&self, operand: &Operand) -> String {
        let (form, language) = (&*self.scene.session.report.form, self.scene.words.0);
        let label = match (cell_of(operand, form), self.labels) {
            (Some(cell), Labels::Columns) => form.column_label(cell, language),
            (Some(cell), Labels::Rows) => form.row_label(cell, language),
            _ => operand.label.clone(),
        };
        match operand.factor.unsigned_abs() {
            1 => label,
            factor => format!("{factor} × {label}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;
    use crate::language::Language;

    fn operand(address: &str, value: &str) -> Operand {
        Operand {
            source: Source::Cell(address.to_owned()),
            label: String::new(),
            value: value.to_owned(),
            factor: 1,
            parts: Vec::new(),
        }
    }

    fn labels(addresses: &[&str]) -> Labels {
        let forms = Forms::official();
        let form = forms.get("gongkai-2021").unwrap();
        let operands: Vec<_> = addresses.iter().map(|address| operand(address, "")).collect();
        Labels::of(operands.iter(), form)
    }

    #[test]
    fn what_all_terms_share_is_not_repeated() {
        assert_eq!(labels(&["requests.received.total", "requests.received.business"]), Labels::Columns);
        assert_eq!(labels(&["requests.received.total", "requests.carried_in.total"]), Labels::Rows);
        assert_eq!(labels(&["requests.received.total", "disputes.review.total"]), Labels::Both);
        assert_eq!(labels(&["requests.received.total", "prior"]), Labels::Both);
    }

    #[test]
    fn the_sign_says_what_should_be_whichever_side_stands_first() {
        let between = |sign, flipped| words_between(Words(Language::CHINESE), sign, flipped);
        assert_eq!([between("=", false), between("=", true)], ["≠", "≠"]);
        assert_eq!([between("≤", false), between("≤", true)], ["应 ≤", "应 ≥"]);
        assert_eq!([between("≥", false), between("≥", true)], ["应 ≥", "应 ≤"]);
        assert_eq!(between("≠", true), "应 ≠");
    }

    #[test]
    fn parts_are_added_exactly_and_not_at_all_where_one_is_blank() {
        let mut parts = vec![operand("a.b.c", "0.1"), operand("a.b.d", "0.2"), operand("a.b.e", "0.3")];
        parts[2].factor = -1;
        assert_eq!(sum(&parts), Some(Decimal::ZERO));
        parts[1].value.clear();
        assert_eq!(sum(&parts), None);
    }
}

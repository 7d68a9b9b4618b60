//! The arithmetic behind a finding: both sides, term by term, each term a way to its cell.

use yew::{Callback, Html, html};

use super::figure;
use super::wording::Words;
use crate::finding::{Equation, Operand, Source};
use crate::form::{Cell, CellId, Form};

/// From how many terms on the zeros of a sum are folded.
const LONG: usize = 8;

/// A sum against one number is a column of figures with its total; two sums stand side by side.
pub fn equation(equation: &Equation, form: &Form, go: &Callback<CellId>, words: Words) -> Html {
    let Equation { name, basis, left, right, left_sum, right_sum, .. } = equation;
    let terms = Terms { labels: Labels::of(left.iter().chain(right), form), form, go, words };
    let sides = match (left.as_slice(), right.as_slice()) {
        ([total], sum) => terms.column(sum, right_sum, total),
        (sum, [total]) => terms.column(sum, left_sum, total),
        (left, right) => html! {
            <div class="equation abreast">
                { terms.side(left, left_sum) }
                <p class="unequal">{ "≠" }</p>
                { terms.side(right, right_sum) }
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

struct Terms<'a> {
    labels: Labels,
    form: &'a Form,
    go: &'a Callback<CellId>,
    words: Words,
}

impl Terms<'_> {
    fn column(&self, operands: &[Operand], sum: &str, total: &Operand) -> Html {
        html! {
            <div class="equation">
                { self.side(operands, sum) }
                <ul role="list" class="total">{ self.term("≠", total) }</ul>
            </div>
        }
    }

    fn side(&self, operands: &[Operand], sum: &str) -> Html {
        let folds = |operand: &&Operand| operands.len() >= LONG && operand.value == "0";
        let (zeros, terms): (Vec<_>, Vec<_>) = operands.iter().partition(folds);
        html! {
            <div class="side">
                <ul role="list">{ for terms.into_iter().enumerate().map(|(at, operand)| self.signed(at, operand)) }</ul>
                if !zeros.is_empty() {
                    <details>
                        <summary>{ self.words.zeros(zeros.len()) }</summary>
                        <ul role="list">{ for zeros.into_iter().map(|operand| self.signed(1, operand)) }</ul>
                    </details>
                }
                if operands.len() > 1 {
                    <p class="sum"><span>{ self.words.sum() }</span><span class="value">{ figure::digits(sum) }</span></p>
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

    fn term(&self, sign: &'static str, operand: &Operand) -> Html {
        let content = html! {
            <>
                <span class="sign">{ sign }</span>
                <span class="label">{ self.label(operand) }</span>
                <span class="value">{ figure::digits(&operand.value) }</span>
            </>
        };
        match cell_of(operand, self.form) {
            Some(cell) => html! {
                <li><button class="term" type="button" onclick={self.go.reform(move |_| cell)}>{ content }</button></li>
            },
            None => html! { <li><span class="term">{ content }</span></li> },
        }
    }

    fn label(&self, operand: &Operand) -> String {
        match (cell_of(operand, self.form), self.labels) {
            (Some(cell), Labels::Columns) => self.form.column_label(cell, self.words.0),
            (Some(cell), Labels::Rows) => self.form.row_label(cell, self.words.0),
            _ => operand.label.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    fn labels(addresses: &[&str]) -> Labels {
        let forms = Forms::official();
        let form = forms.get("gongkai-2021").unwrap();
        let operand = |address: &&str| Operand {
            source: Source::Cell((*address).to_owned()),
            label: String::new(),
            value: String::new(),
            factor: 1,
            parts: Vec::new(),
        };
        Labels::of(addresses.iter().map(operand).collect::<Vec<_>>().iter(), form)
    }

    #[test]
    fn what_all_terms_share_is_not_repeated() {
        assert_eq!(labels(&["requests.received.total", "requests.received.business"]), Labels::Columns);
        assert_eq!(labels(&["requests.received.total", "requests.carried_in.total"]), Labels::Rows);
        assert_eq!(labels(&["requests.received.total", "disputes.review.total"]), Labels::Both);
        assert_eq!(labels(&["requests.received.total", "prior"]), Labels::Both);
    }
}

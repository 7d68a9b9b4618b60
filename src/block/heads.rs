//! Labels that were copied along with figures.

use std::collections::HashSet;

use super::Block;
use crate::form::{Form, Head, HeadPart};
use crate::grid::Grid;
use crate::language::Text;

impl Block {
    /// The block without what the form prints as heads: rows at any place and columns at the left that
    /// hold labels and nothing else, and the blanks of heads that are merged over several of them. A
    /// block of labels alone is left as it is.
    pub fn without_heads(&self, form: &Form, grid: &Grid) -> Block {
        let labels = Labels::of(form);
        let is_head = |texts: &[&str], labels: &HashSet<String>| {
            let mut filled = texts.iter().filter(|text| !text.trim().is_empty()).peekable();
            filled.peek().is_some() && filled.all(|text| labels.contains(&tight(text)))
        };
        let is_blank = |texts: &[&str]| texts.iter().all(|text| text.trim().is_empty());
        let row = |row| (0..self.width).map(|column| self.text(row, column)).collect::<Vec<_>>();
        let heads: Vec<_> = (0..self.height()).map(|at| is_head(&row(at), &labels.above)).collect();
        // Of a banner only the place without text may have been copied; it stands over other heads.
        let is_banner = |at: usize| is_blank(&row(at)) && heads.get(at + 1) == Some(&true);
        let kept: Vec<_> = (0..self.height()).filter(|at| !heads[*at] && !is_banner(*at)).collect();
        let column = |column| kept.iter().map(|row| self.text(*row, column)).collect::<Vec<_>>();
        let lead = (0..self.width).take_while(|at| is_head(&column(*at), &labels.beside) || is_blank(&column(*at)));
        let mut first = lead.filter(|at| is_head(&column(*at), &labels.beside)).last().map_or(0, |last| last + 1);
        let most = grid.begins(&grid.whole()).len();
        while first > 0 && self.width - first > most && is_blank(&column(first)) {
            first += 1;
        }
        if kept.is_empty() || first >= self.width {
            return self.clone();
        }
        let rest = |row: &usize| (first..self.width).map(|column| self.text(*row, column).to_owned()).collect();
        Block::new(kept.iter().map(rest).collect())
    }
}

/// The labels that a form prints in its tables, without white space.
#[derive(Default)]
struct Labels {
    /// Over the figures.
    above: HashSet<String>,
    /// At the left of them.
    beside: HashSet<String>,
}

impl Labels {
    fn of(form: &Form) -> Labels {
        let mut labels = Labels::default();
        for table in &form.tables {
            let over = table.banner.iter().chain(&table.corner);
            labels.above.extend(over.flat_map(wordings));
            add_heads(&table.column_heads, &mut labels.above);
            add_heads(&table.row_heads, if table.across { &mut labels.above } else { &mut labels.beside });
        }
        labels
    }
}

fn add_heads(heads: &[Head], labels: &mut HashSet<String>) {
    for head in heads {
        labels.extend(wordings(&head.label));
        if let HeadPart::Group(inner) = &head.part {
            add_heads(inner, labels);
        }
    }
}

fn wordings(label: &Text) -> impl Iterator<Item = String> {
    label.wordings().map(tight)
}

fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    fn check(section: &str, tsv: &str, expect: &str) {
        let form = Forms::official().get("gongkai-2021").expect("an official form").clone();
        let section = form.sections.iter().find(|known| known.id == section).expect("a section");
        let grid = Grid::of(&form, &section.sheets[0]);
        assert_eq!(Block::from_tsv(tsv).without_heads(&form, &grid), Block::from_tsv(expect), "{tsv:?}");
    }

    #[test]
    fn heads_between_stacked_tables_are_left_out() {
        let copied = "4\t1\t9\n\t\t\n本年处理决定数量\t\t\n12\t\t\n";
        check("disclosure", copied, "4\t1\t9\n12\t\t\n");
        let whole = "第二十条第（一）项\t\t\t\n信息内容\t本年制发件数\t本年废止件数\t现行有效\n件数\n规章\t0\t0\t2\n";
        check("disclosure", &whole.replace("现行有效\n", "现行有效 "), "0\t0\t2");
    }

    #[test]
    fn labels_at_the_left_are_left_out() {
        check("disclosure", "行政处罚\t35\n行政强制\t2\n", "35\n2");
        check("requests", "一、本年新收政府信息公开申请数量\t\t\t\t5\t0\t0\t0\t0\t5", "\t5\t0\t0\t0\t0\t5");
        check("requests", "（三）不予公开\t1.属于国家秘密\t1\t0\n\t2.其他法律行政法规禁止公开\t\t3\n", "1\t0\n\t3\n");
    }

    #[test]
    fn blanks_and_texts_of_one_s_own_stay() {
        for tsv in ["\t1\n\t2\n", "无\t5", "5\t规章", "1\n\n2", "规章\n行政许可", ""] {
            check("disclosure", tsv, tsv);
        }
    }
}

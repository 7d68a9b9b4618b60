//! Every word of the interface, in both languages. The labels of forms and the sentences of
//! findings come from elsewhere.

use crate::check::Coverage;
use crate::finding::{Severity, Tally};
use crate::language::Language;

/// The words in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(pub Language);

/// A count with its English noun: `1 error`, `2 errors`.
fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        impl Words {
            $(pub fn $name(self) -> &'static str {
                self.0.pick($zh, $en)
            })*
        }
    };
}

words! {
    agency: "机关", "Agency";
    year: "年度", "Year";
    form: "表式", "Form";
    result: "核对结果", "Result of the check";
    contents: "目录", "Contents";
    not_filled: "（未填写）", "(not filled in)";
    blank: "空", "blank";
    unread: "未读出", "unread";
    leftover: "未归入表格的内容", "Content that fits no table";
    no_figures: "表格中没有填写数据，勾稽关系无从核对。", "The tables hold no figures, so that no relation could be checked.";
    colon: "：", ": ";
    hint: "表格较宽，可左右滑动", "The table is wide: scroll sideways";
    see_finding: "查看问题", "See the finding";
    see_section: "查看这一部分", "Go to the section";
    cells: "涉及的单元格", "Cells";
    due: "应为", "Should be";
    actual: "实为", "Is";
    sum: "合计", "Sum";
    basis: "依据", "Basis";
    loading: "正在读取年度报告…", "Reading the annual report…";
    failed: "没有显示年度报告", "The annual report is not shown";
    retry: "重新读取", "Try again";
    empty: "还没有年度报告可供显示。请在 src 中写明报告的地址，或把报告的内容放在标签之内。",
        "There is no annual report to show. Name its address in “src”, or put its content inside the tag.";
}

impl Words {
    /// The severity as a heading over its findings.
    pub fn severity(self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.0.pick("错误", "Errors"),
            Severity::Warning => self.0.pick("需要确认", "To be confirmed"),
            Severity::Info => self.0.pick("提示", "Notes"),
        }
    }

    /// The severity in front of one finding.
    pub fn one(self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.0.pick("错误", "Error"),
            Severity::Warning => self.0.pick("需要确认", "To be confirmed"),
            Severity::Info => self.0.pick("提示", "Note"),
        }
    }

    pub fn form_name(self, name: &str, notice: &str) -> String {
        self.0.pick(format!("{name}，{notice}"), format!("{name}, {notice}"))
    }

    pub fn printed_year(self, year: i32) -> String {
        self.0.pick(format!("{year}年"), year.to_string())
    }

    pub fn unit(self, unit: &str) -> String {
        self.0.pick(format!("单位：{unit}"), format!("Unit: {unit}"))
    }

    pub fn in_total(self, count: usize) -> String {
        self.0.pick(format!("{count} 处"), count.to_string())
    }

    /// What the number beside an entry of the contents counts.
    pub fn findings_here(self, count: usize) -> String {
        self.0.pick(format!("{count} 处问题"), counted(count, "finding"))
    }

    pub fn zeros(self, count: usize) -> String {
        self.0.pick(format!("另有 {count} 项为 0"), format!("{} of 0", counted(count, "more term")))
    }

    pub fn more_cells(self, count: usize) -> String {
        self.0.pick(format!("另有 {count} 格"), counted(count, "more cell"))
    }

    pub fn show_all_of(self, count: usize) -> String {
        self.0.pick(format!("显示全部 {count} 条"), format!("Show all {count}"))
    }

    /// The result of the check in one sentence, and what was left open in another.
    pub fn verdict(self, coverage: Coverage, tally: Tally) -> String {
        if coverage.cells_filled == 0 {
            return self.no_figures().to_owned();
        }
        let mut verdict = self.0.pick(verdict_zh(coverage, tally), verdict_en(coverage, tally));
        if coverage.relations_open > 0 {
            let open = coverage.relations_open;
            verdict += &self.0.pick(
                format!("另有 {open} 条关系涉及空格或文字，无法核对。"),
                format!(" Left open by a blank or a text: {}.", counted(open, "relation")),
            );
        }
        verdict
    }

    /// What the check looked at.
    pub fn scope(self, scope: Scope) -> String {
        let mut parts = vec![
            self.0.pick("表内勾稽关系", "relations").to_owned(),
            self.0.pick("空格和数字格式", "blanks and number formats").to_owned(),
        ];
        let mut add = |checked: bool, zh: &str, en: &str| {
            if checked {
                parts.push(self.0.pick(zh, en).to_owned());
            }
        };
        add(scope.year, "表式是否适用", "whether the form is in force");
        add(scope.headings, "各部分标题", "headings");
        add(scope.prior, "与上一年度的衔接", "carry-over from last year");
        let parts = parts.join(self.0.pick("、", ", "));
        let checked = self.0.pick(format!("核对范围：{parts}。"), format!("Checked: {parts}."));
        if scope.prior {
            return checked;
        }
        checked
            + self
                .0
                .pick("没有上一年度报告，未核对两年之间的衔接。", " Without last year’s report, carry-over was not.")
    }

    pub fn unreachable(self, address: &str) -> String {
        self.0.pick(
            format!("没有取到 {address}：网络不通，或者对方网站不允许在本页读取。请检查地址和网络后重新读取。"),
            format!(
                "{address} could not be reached: there is no network, or that site does not allow this page to read it. \
                 Please check the address and the network, then try again."
            ),
        )
    }

    /// What an HTTP status other than success means for a reader.
    pub fn refused(self, address: &str, status: u16) -> String {
        let (zh, en) = match status {
            404 | 410 => ("这个地址没有文件。请检查地址是否写对", "there is no file at this address. Please check it"),
            401 | 403 => (
                "没有读取的权限。请先登录，或向网站管理员申请",
                "access is denied. Please log in, or ask the site’s administrator",
            ),
            500..=599 => ("对方网站出了故障。请稍后重新读取", "the site has a fault. Please try again later"),
            _ => (
                "对方网站没有给出文件。请检查地址后重新读取",
                "the site gave no file. Please check the address and try again",
            ),
        };
        self.0.pick(
            format!("没有取到 {address}：{zh}（HTTP {status}）。"),
            format!("{address} was not obtained: {en} (HTTP {status})."),
        )
    }

    pub fn no_content(self, name: &str) -> String {
        self.0.pick(
            format!("读到的是空的，没有内容（{name}）。请检查文件。"),
            format!("There is nothing in it ({name}). Please check the file."),
        )
    }

    pub fn reader_missing(self) -> &'static str {
        self.0.pick(
            "报告不是 JSON，读取它所需的程序（reader.js）没有加载成功。请检查网络后重新读取；仍不成功时，请网站管理员核对该文件是否已一并部署。",
            "The report is not JSON, and the program that reads it (reader.js) did not load. Please check the network and try \
             again; if it still fails, the site’s administrator should check that this file is deployed.",
        )
    }

    pub fn reader_failed(self) -> &'static str {
        self.0.pick(
            "读取这个文件时程序出了错，没有读成。请刷新页面，换用该报告的其他格式（如网页或文本）再试。",
            "The program failed while it read this file. Please reload the page and try another format of the report, such as its page or its text.",
        )
    }

    pub fn own_content(self) -> &'static str {
        self.0.pick("标签之内", "inside the tag")
    }

    pub fn given_file(self) -> &'static str {
        self.0.pick("所选的文件", "the chosen file")
    }

    pub fn faulty_form(self, place: &str, problem: &str) -> String {
        self.0.pick(
            format!("表式文件有误，请网站管理员更正。{place}：{problem}"),
            format!("The form file is faulty; the site’s administrator should correct it. {place}: {problem}"),
        )
    }

    /// Why last year's report was left out.
    pub fn prior_unread(self, reason: &str) -> String {
        self.0.pick(
            format!("上一年度报告没有读成，未核对结转。{reason}"),
            format!("Last year’s report could not be read, so carry-over was not checked. {reason}"),
        )
    }

    pub fn unknown_cell(self, address: &str) -> String {
        self.0.pick(format!("报告中没有单元格“{address}”。"), format!("The report has no cell “{address}”."))
    }

    pub fn unknown_format(self, format: &str, known: &str) -> String {
        self.0.pick(
            format!("不能导出为“{format}”。可以导出的格式：{known}。"),
            format!("Cannot export as “{format}”. Formats at hand: {known}."),
        )
    }

    pub fn nothing_shown(self) -> &'static str {
        self.0.pick("还没有显示年度报告。", "No annual report is shown yet.")
    }
}

/// What a check could look at beside figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    pub year: bool,
    pub headings: bool,
    pub prior: bool,
}

fn verdict_zh(coverage: Coverage, tally: Tally) -> String {
    let Coverage { relations_checked: relations, cells_filled: filled, .. } = coverage;
    let Tally { errors, warnings, infos, .. } = tally;
    let mut verdict = match (errors, warnings) {
        (0, 0) => format!("核对无误：{relations} 条勾稽关系全部成立，{filled} 个数据没有发现问题"),
        (0, _) => format!("核对了 {relations} 条勾稽关系、{filled} 个数据：没有发现错误，有 {warnings} 处需要确认"),
        (_, 0) => format!("核对了 {relations} 条勾稽关系、{filled} 个数据：发现 {errors} 处错误"),
        _ => format!("核对了 {relations} 条勾稽关系、{filled} 个数据：发现 {errors} 处错误、{warnings} 处需要确认"),
    };
    if infos > 0 {
        verdict += &format!("，另有 {infos} 条提示");
    }
    verdict + "。"
}

fn verdict_en(coverage: Coverage, tally: Tally) -> String {
    let (relations, figures) =
        (counted(coverage.relations_checked, "relation"), counted(coverage.cells_filled, "figure"));
    let Tally { errors, warnings, infos, .. } = tally;
    let warnings = if warnings == 0 { String::new() } else { format!("{warnings} to be confirmed") };
    let mut verdict = match (errors, warnings.as_str()) {
        (0, "") => format!("Nothing is wrong: {relations} hold and {figures} were checked"),
        (0, _) => format!("{relations} and {figures} checked: no error, {warnings}"),
        (_, "") => format!("{relations} and {figures} checked: {}", counted(errors, "error")),
        _ => format!("{relations} and {figures} checked: {}, {warnings}", counted(errors, "error")),
    };
    if infos > 0 {
        verdict += &format!(", {}", counted(infos, "note"));
    }
    verdict + "."
}

#[cfg(test)]
mod tests {
    use super::*;

    const COVERAGE: Coverage = Coverage { relations_checked: 42, relations_open: 0, cells: 201, cells_filled: 200 };

    fn verdict(language: Language, errors: usize, warnings: usize, infos: usize) -> String {
        Words(language).verdict(COVERAGE, Tally { errors, warnings, infos, answered: 0 })
    }

    #[test]
    fn the_verdict_is_one_sentence() {
        let zh = |errors, warnings, infos| verdict(Language::Chinese, errors, warnings, infos);
        assert_eq!(zh(1, 2, 0), "核对了 42 条勾稽关系、200 个数据：发现 1 处错误、2 处需要确认。");
        assert_eq!(zh(3, 0, 0), "核对了 42 条勾稽关系、200 个数据：发现 3 处错误。");
        assert_eq!(zh(0, 1, 1), "核对了 42 条勾稽关系、200 个数据：没有发现错误，有 1 处需要确认，另有 1 条提示。");
        assert!(zh(0, 0, 0).starts_with("核对无误："));
        let en = verdict(Language::English, 1, 2, 0);
        assert_eq!(en, "42 relations and 200 figures checked: 1 error, 2 to be confirmed.");
    }

    #[test]
    fn an_empty_form_is_not_called_faultless() {
        let coverage = Coverage { relations_checked: 0, relations_open: 42, cells: 201, cells_filled: 0 };
        let verdict = Words(Language::Chinese).verdict(coverage, Tally::default());
        assert_eq!(verdict, "表格中没有填写数据，勾稽关系无从核对。");
    }

    #[test]
    fn what_stayed_open_is_said() {
        let coverage = Coverage { relations_open: 1, ..COVERAGE };
        let verdict = Words(Language::English).verdict(coverage, Tally::default());
        assert!(verdict.ends_with("Left open by a blank or a text: 1 relation."));
    }

    #[test]
    fn the_scope_says_when_last_year_is_missing() {
        let scope = |prior| Words(Language::Chinese).scope(Scope { year: true, headings: false, prior });
        assert!(scope(false).contains("未核对两年之间的衔接"));
        assert!(scope(true).contains("与上一年度的衔接"));
    }
}

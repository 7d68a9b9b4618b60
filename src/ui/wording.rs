//! Every word of the interface, in both languages. The labels of forms and the sentences of
//! findings come from elsewhere.

use super::browser::Moment;
use super::drafts::Trouble;
use super::groups::Group;
use super::pasting::Pasting;
use super::session::{Entry, Wish};
use crate::check::Coverage;
use crate::finding::Severity;
use crate::language::Language;
use crate::recast::Recast;

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

mod charts;
mod files;
mod origins;

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
    no_figures: "表格中没有填写数据，勾稽关系无从核对", "The tables hold no figures, so that no relation could be checked";
    colon: "：", ": ";
    hint: "表格较宽，可左右滑动", "The table is wide: scroll sideways";
    see_finding: "查看问题", "See the finding";
    see_section: "查看这一部分", "Go to the section";
    back: "回到问题清单", "Back to the findings";
    behind: "算式与依据", "Arithmetic and basis";
    details: "详情", "Details";
    whole_report: "整份报告", "The whole report";
    title_text: "标题", "Title";
    preamble: "正文开头", "Opening text";
    quoted: "正文中的话", "Words of the text";
    suggestion: "建议", "Suggestion";
    candidates: "可能的改法（只需改其中一处，请对照台账确定）", "Possible corrections (one of them is enough; please consult the records)";
    apply: "采用", "Apply";
    reason: "情况说明", "Reason";
    write_reason: "填写说明", "Give a reason";
    rewrite_reason: "修改说明", "Change the reason";
    withdraw: "撤回说明", "Withdraw the reason";
    save: "保存", "Save";
    cancel: "取消", "Cancel";
    keys: "Ctrl+Enter 保存，Esc 取消", "Ctrl+Enter saves, Esc cancels";
    blank_reason: "请写明情况后再保存。", "Please write the reason before you save it.";
    editing: "编辑", "Editing";
    no_unit: "单位", "unit";
    filled: "填报进度", "Filled in";
    next_blank: "下一个空格", "Next blank";
    fill_zeros: "空格填 0…", "Fill blanks with 0…";
    yes_zeros: "全部填 0", "Fill all with 0";
    propose: "带入上年数…", "Take last year’s…";
    yes_propose: "带入", "Take them";
    paste_table: "填入表格", "Fill the table";
    paste_block: "粘贴到所选位置", "Paste where the cursor is";
    paste_anyway: "仍然粘贴", "Paste anyway";
    follows: "自动合计", "computed total";
    grid_keys: "方向键移动，直接输入，F2 修改，Ctrl+Enter 确认推定的数或到下一个待确认的格，Esc 后按 Tab 离开表格。",
        "Arrow keys move, typing replaces, F2 edits, Ctrl+Enter confirms an inferred figure or goes to the next one; Esc, then Tab leaves the table.";
    leaving: "再按 Tab 离开表格。", "Press Tab to leave the table.";
    check: "核对", "Check";
    undo: "撤销", "Undo";
    redo: "重做", "Redo";
    cover: "封面", "Cover";
    date: "日期", "Date";
    contact: "联系方式", "Contact";
    contact_example: "如：县政府办公室，0000-0000000", "e.g. the general office, 0000-0000000";
    odd_year: "年度请写四位数字，如 2023。", "Please write the year in four digits, such as 2023.";
    only_year: "只改年度", "Only change the year";
    yes_recast: "换用这种表式", "Use that form";
    opening: "第一个标题之前的话，可以不写。", "Before the first heading; it may be left out.";
    required: "按规定应写", "To be written as required";
    met: "已写到", "it is there";
    unmet: "还没有看到", "it is not there yet";
    to_judge: "请自行把握", "for you to judge";
    numbers: "正文中的数与表格", "Numbers of the text and the tables";
    agrees: "与表格一致", "as in the table";
    not_in_table: "表中还没有填", "not in the table yet";
    to_table: "看表格", "Go to the table";
    in_text: "正文", "in the text, ";
    no_error: "没有发现错误", "No error was found";
    nothing_wrong: "核对无误", "Nothing is wrong";
    cells: "涉及的单元格", "Cells";
    due: "应为", "Should be";
    actual: "实为", "Is";
    sum: "合计", "Sum";
    basis: "依据", "Basis";
    drafts: "草稿", "Drafts";
    drafts_here: "存在本机的草稿", "Drafts on this computer";
    no_drafts: "本机没有草稿。改动会自动保存，并列在这里。", "There are no drafts on this computer. Changes are saved by themselves and listed here.";
    no_agency: "（未填机关）", "(no agency)";
    shown_here: "正在编辑", "Being edited here";
    open: "打开", "Open";
    close: "关闭", "Close";
    delete: "删除", "Delete";
    delete_warning: "删除后不能恢复。", "It cannot be brought back.";
    deleted: "草稿已删除。", "The draft is deleted.";
    saving: "正在保存…", "Saving…";
    dismiss: "知道了", "All right";
    use_published: "用发布的内容重新开始", "Start again from what is published";
    published_again: "现在显示的是发布的内容。要回到草稿，请按“撤销”。",
        "This is what is published. To go back to the draft, press “Undo”.";
    elsewhere: "这份草稿正在另一个窗口编辑，这里只能查看。", "This draft is being edited in another window; here it can only be read.";
    unsaved_here: "这里最后的改动没有存下；请按“在这里编辑”，再按“撤销”找回它们。",
        "The last changes made here are not saved: press “Edit it here” and then “Undo” to get them back.";
    take_over: "在这里编辑", "Edit it here";
    taken_over: "现在可以在这里编辑；另一个窗口已变为只读。", "You can edit it here now; the other window can only be read.";
    loading: "正在读取年度报告…", "Reading the annual report…";
    failed: "没有显示年度报告", "The annual report is not shown";
    retry: "重新读取", "Try again";
    empty: "还没有年度报告可供显示。请在 src 中写明报告的地址，或把报告的内容放在标签之内。",
        "There is no annual report to show. Name its address in “src”, or put its content inside the tag.";
}

impl Words {
    /// What there is to do, as a heading over the findings.
    pub fn group(self, group: Group) -> &'static str {
        match group {
            Group::Correct => self.0.pick("改正", "To correct"),
            Group::Confirm => self.0.pick("确认或说明", "To confirm or explain"),
            Group::Fill => self.0.pick("补填", "To fill in"),
            Group::Consider => self.0.pick("参考", "For reference"),
            Group::Answered => self.0.pick("已说明", "Explained"),
        }
    }

    /// How many there are of a group.
    pub fn count(self, group: Group, count: usize) -> String {
        let (zh, en) = match group {
            Group::Correct => (format!("{count} 处错误"), counted(count, "error")),
            Group::Confirm => (format!("{count} 处需要确认"), format!("{count} to be confirmed")),
            Group::Fill => (format!("{count} 个空格"), counted(count, "blank")),
            Group::Consider => (format!("{count} 条提示"), counted(count, "note")),
            Group::Answered => (format!("{count} 处已作说明"), format!("{count} explained")),
        };
        self.0.pick(zh, en)
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
        self.0.printed_year(year)
    }

    pub fn unit(self, unit: &str) -> String {
        self.0.pick(format!("单位：{unit}"), format!("Unit: {unit}"))
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
        let mut extent = self.0.pick(
            format!("核对了 {filled} 个数据、{relations} 条勾稽关系"),
            format!("{} and {} checked", counted(filled, "figure"), counted(relations, "relation")),
        );
        if sound && relations > 0 {
            extent += self.0.pick("，关系全部成立", ": every relation holds");
        }
        extent += self.0.pick("。", ".");
        if open > 0 {
            extent += &self.0.pick(
                format!("另有 {open} 条关系涉及空格或文字，无法核对。"),
                format!(" Left open by a blank or a text: {}.", counted(open, "relation")),
            );
        }
        extent
    }

    /// Several things of one sentence.
    pub fn comma(self) -> &'static str {
        self.0.pick("，", ", ")
    }

    /// Between sentences.
    pub fn space(self) -> &'static str {
        self.0.pick("", " ")
    }

    /// What a cell should hold instead.
    pub fn correction(self, from: &str, to: &str) -> String {
        if from.is_empty() {
            return self.0.pick(format!("填为 {to}"), format!(": enter {to}"));
        }
        self.0.pick(format!("由 {from} 改为 {to}"), format!(" from {from} to {to}"))
    }

    /// What a mistake looks like.
    pub fn why(self, why: &str) -> String {
        if why.is_empty() {
            return String::new();
        }
        self.0.pick(format!("（{why}）"), format!(" ({why})"))
    }

    pub fn ask_zeros(self, blanks: usize, marks: usize) -> String {
        let (count, some) = (blanks.to_string(), marks.to_string());
        let values = [("count", &*count), ("some", &some)];
        let (zh, en) = match marks {
            0 => (
                "还有 {count} 格空着，要全部填 0 吗？0 表示确实没有发生；有数的请先补上。总计按各项之和填。",
                "{count} cells are blank. Fill them all with 0? It says that there was nothing; please enter the other figures first. Totals become the sum of their parts.",
            ),
            _ => (
                "还有 {count} 格空着（其中 {some} 格写着“/”一类的符号），要全部填 0 吗？0 表示确实没有发生；有数的请先补上。总计按各项之和填。",
                "{count} cells are blank, {some} of them with a mark such as “/”. Fill them all with 0? It says that there was nothing; please enter the other figures first. Totals become the sum of their parts.",
            ),
        };
        self.0.say(zh, en, &values)
    }

    pub fn ask_proposals(self, count: usize) -> String {
        self.0.say(
            "按上一年度的报告，{count} 个空格可以这样填：",
            "Last year’s report says what {count} blank cell(s) should hold:",
            &[("count", &count.to_string())],
        )
    }

    pub fn ask_paste(self, pasting: &Pasting) -> String {
        let count = pasting.texts.len().to_string();
        let Some(whole) = &pasting.whole else {
            let values = [("count", &*count)];
            return self.0.say(
                "粘贴的内容有一部分不合适。其余 {count} 格可以填入：",
                "Some of what is pasted does not fit. {count} cell(s) can be filled:",
                &values,
            );
        };
        let year = whole.year.map(|year| self.printed_year(year)).unwrap_or_default();
        let unread = match whole.unread {
            0 => String::new(),
            unread => self.0.say(
                "另有 {unread} 格没有读清，不填。",
                " {unread} more cell(s) could not be read and are left as they are.",
                &[("unread", &unread.to_string())],
            ),
        };
        let values = [("agency", &*whole.agency), ("year", &year), ("count", &count), ("unread", &unread)];
        self.0.say(
            "粘贴的是一张完整的表（{agency}{year}），认出 {count} 格，会填到各自的位置。{unread}",
            "A whole table was pasted ({agency} {year}); {count} cells are recognised and go to their own places.{unread}",
            &values,
        ).replace("（）", "").replace(" ( )", "")
    }

    pub fn strays(self, count: usize) -> String {
        self.0.say(
            "放不下、不会填入的 {count} 处",
            "{count} without a place, left out",
            &[("count", &count.to_string())],
        )
    }

    pub fn no_numbers(self, count: usize) -> String {
        self.0.say(
            "不是数字、照原样填入的 {count} 格",
            "{count} that are no numbers, entered as they stand",
            &[("count", &count.to_string())],
        )
    }

    pub fn replaced(self, count: usize) -> String {
        self.0.say(
            "会改掉原有数字的 {count} 格",
            "{count} that replace another figure",
            &[("count", &count.to_string())],
        )
    }

    pub fn progress(self, filled: usize, cells: usize) -> String {
        let values = [("filled", &*filled.to_string()), ("cells", &cells.to_string())];
        self.0.say("已填 {filled}/{cells} 格", "{filled} of {cells} cells filled", &values)
    }

    pub fn back_to_sum(self, sum: &str) -> String {
        self.0.say("改回各项之和 {sum}", "Make it the sum of its parts again: {sum}", &[("sum", sum)])
    }

    pub fn unit_of(self, label: &str) -> String {
        self.0.say("{label}的单位", "Unit of {label}", &[("label", label)])
    }

    pub fn quotation(self, text: &str) -> String {
        format!("“{text}”")
    }

    /// How the sides should compare, which they do not.
    pub fn should_be(self, sign: &str) -> String {
        self.0.pick(format!("应 {sign}"), format!("should be {sign}"))
    }

    /// What a total is made of.
    pub fn made_of(self, count: usize) -> String {
        self.0.pick(format!("由 {count} 项相加"), format!("The sum of {}", counted(count, "term")))
    }

    /// That the parts of a total come to something else than the total.
    pub fn unlike(self, value: &str) -> String {
        self.0.pick(format!("（与 {value} 不符）"), format!(" (not {value})"))
    }

    /// How long a text is, and how long it may be.
    pub fn length(self, count: usize, most: Option<usize>) -> String {
        let (number, most, over) =
            (count.to_string(), most.unwrap_or(usize::MAX), count.saturating_sub(most.unwrap_or(usize::MAX)));
        let (limit, over) = (most.to_string(), over.to_string());
        let values = [("count", &*number), ("most", &limit), ("over", &over)];
        let (zh, en) = match most {
            usize::MAX => ("{count} 字", "{count} characters"),
            most if count > most => (
                "{count} 字，比原则上的 {most} 字多 {over} 字",
                "{count} characters, {over} more than the {most} that it should have",
            ),
            _ => ("{count} 字，原则上不超过 {most} 字", "{count} characters of {most} at the most, as a rule"),
        };
        self.0.say(zh, en, &values)
    }

    /// How many numbers of a text are those of the tables.
    pub fn agreeing(self, count: usize) -> String {
        self.0.say("{count} 个数与表格一致", "{count} as in the tables", &[("count", &count.to_string())])
    }

    /// That a number states a sum of further cells too.
    pub fn and_more(self, count: usize) -> String {
        if count == 0 {
            return String::new();
        }
        self.0.say("等 {count} 格相加", " and {count} more", &[("count", &(count + 1).to_string())])
    }

    pub fn in_table(self, figure: &str) -> String {
        self.0.say("表中 {figure}", "{figure} in the table", &[("figure", figure)])
    }

    /// That a number is the sum of more than its words name.
    pub fn of_more(self, figure: &str) -> String {
        self.0.say(
            "表中 {figure}，正文的数还含别的项",
            "{figure} in the table; the text adds more to it",
            &[("figure", figure)],
        )
    }

    /// The button that has the text say what the table says.
    pub fn rewrite(self, to: &str) -> String {
        self.0.say("把正文改为 {to}", "Make the text say {to}", &[("to", to)])
    }

    /// What would be written in place of a number in quoted words.
    pub fn rewriting(self, from: &str, to: &str) -> String {
        self.0.say("里的 {from} 改为 {to}", ": {to} in place of {from}", &[("from", from), ("to", to)])
    }

    /// Whether the report is to be laid into the form of another year.
    pub fn ask_recast(self, year: i32, form: &str, recast: &Recast) -> String {
        let regained = match recast.regained {
            0 => String::new(),
            count => self.0.say(
                "以前没有位置的 {count} 个数会回到表里。",
                " {count} figure(s) that had no place go back to theirs.",
                &[("count", &count.to_string())],
            ),
        };
        let values = [
            ("year", &*year.to_string()),
            ("form", form),
            ("shared", &recast.shared.to_string()),
            ("kept", &recast.kept.to_string()),
            ("regained", &regained),
        ];
        self.0.say(
            "{year} 年用的是另一种表式：{form}。两种表式共有 {shared} 格，其中 {kept} 格已填，会原样带过去；正文和封面不变。{regained}",
            "{year} has another form: {form}. Both have {shared} cells in common; {kept} of them are filled in and are carried over. Texts and cover stay.{regained}",
            &values,
        )
    }

    /// What comes before the figures that would have no place.
    pub fn without_place(self, count: usize) -> String {
        self.0.say(
            "新表式里没有位置的 {count} 格（不会丢失，列在报告末尾，换回来时复原）",
            "{count} without a place there (they are kept at the end of the report, and come back with the former form)",
            &[("count", &count.to_string())],
        )
    }

    /// How the report stands after a change.
    pub fn now(self, counts: &str) -> String {
        self.0.pick(format!("现在：{counts}。"), format!(" Now: {counts}."))
    }

    /// What came of a change that was asked for.
    pub fn said(self, wish: &Wish) -> &'static str {
        match wish {
            Wish::Repair { .. } => self.0.pick("已采用建议。", "The suggestion is applied."),
            Wish::Answer { reason, .. } if reason.trim().is_empty() => {
                self.0.pick("说明已撤回。", "The reason is withdrawn.")
            }
            Wish::Answer { .. } => self.0.pick("说明已保存。", "The reason is saved."),
            Wish::Enter { entry, .. } => match entry {
                Entry::Typed { .. } => self.0.pick("已填入。", "Filled in."),
                Entry::Cleared => self.0.pick("已清除。", "Cleared."),
                Entry::Pasted => self.0.pick("已粘贴。", "Pasted."),
                Entry::Zeros => self.0.pick("空格已填 0。", "The blanks are filled with 0."),
                Entry::Proposed => self.0.pick("已带入上一年度的数。", "Last year's figures are taken."),
                Entry::Summed => self.0.pick("总计已改回各项之和。", "The total is the sum of its parts again."),
            },
            Wish::Confirm(_) => self.0.pick("已确认。", "Confirmed."),
            Wish::Unit { .. } => self.0.pick("单位已修改。", "The unit is changed."),
            Wish::Restore => self.0.pick("已恢复原来的内容。", "What stood there is there again."),
            Wish::Text { .. } => self.0.pick("文字已修改。", "The text is changed."),
            Wish::Cover { .. } => self.0.pick("封面已修改。", "The cover is changed."),
            Wish::Rewrite(_) => self.0.pick("正文已按表格改好。", "The text says what the table says."),
            Wish::Recast(_) => self.0.pick("已换用新的表式。", "The report is in the other form."),
            Wish::Import(_) => self.0.pick("文件已读入，可以撤销。", "The file is read in; that can be undone."),
            Wish::Take(_) => self.0.pick("已换成另一份报告。", "Another report is taken over."),
            Wish::Undo => self.0.pick("已撤销。", "Undone."),
            Wish::Redo => self.0.pick("已重做。", "Done again."),
        }
    }

    /// A day and its time.
    pub fn moment(self, moment: Moment) -> String {
        let Moment { year, month, day, hour, minute } = moment;
        self.0.pick(
            format!("{month}月{day}日 {hour}:{minute:02}"),
            format!("{year}-{month:02}-{day:02} {hour}:{minute:02}"),
        )
    }

    /// That everything is saved, and since when.
    pub fn saved(self, moment: Moment) -> String {
        let Moment { hour, minute, .. } = moment;
        self.0.pick(format!("已保存在本机 {hour}:{minute:02}"), format!("Saved on this computer at {hour}:{minute:02}"))
    }

    pub fn saved_at(self, moment: &str) -> String {
        self.0.pick(format!("{moment} 保存"), format!("saved {moment}"))
    }

    /// That a draft was restored, and whether what is published has changed since.
    pub fn restored(self, moment: &str, outdated: bool) -> String {
        let mut sentence =
            self.0.pick(format!("已恢复 {moment} 的草稿。"), format!("The draft of {moment} is restored."));
        if outdated {
            sentence += self.0.pick(
                "开始这份草稿之后，发布的内容又有改动，请留意核对。",
                " What is published has changed since the draft was begun; please compare.",
            );
        }
        sentence
    }

    pub fn opened(self, moment: &str) -> String {
        self.0.pick(format!("已打开 {moment} 的草稿。"), format!("The draft of {moment} is open."))
    }

    pub fn draft_alone(self, moment: &str) -> String {
        self.0.pick(
            format!("没有读到发布的内容，这里显示的是本机 {moment} 的草稿。"),
            format!("What is published could not be read; this is the draft of {moment} on this computer."),
        )
    }

    pub fn delete_question(self, name: &str) -> String {
        self.0.pick(format!("删除{name}的草稿？"), format!("Delete the draft of {name}?"))
    }

    /// Why drafts are not kept, and what to do.
    pub fn unsaved(self, trouble: Trouble) -> String {
        let (zh, en) = match trouble {
            Trouble::Refused => (
                "浏览器不让本网站存数据（可能是无痕窗口或管理员的设置）。可以继续编辑，但关闭或刷新本页会丢失改动。请改用普通窗口，或请管理员放开。",
                "the browser does not let this site keep data, as in a private window or by a policy. You can go on editing, but closing or reloading this page loses the changes. Use an ordinary window, or ask your administrator.",
            ),
            Trouble::Full => (
                "本机的存储空间已满。请删除不用的草稿，或清理磁盘；本页会自动再试，在此之前请不要关闭。",
                "there is no room left. Delete drafts that are no longer needed, or free some disk space; this page tries again by itself. Please keep it open until then.",
            ),
            Trouble::Newer => (
                "本机的草稿已由较新版本的组件接管。请记下这里的改动，然后刷新本页。",
                "a newer version of the widget keeps the drafts now. Note what you changed here, then reload this page.",
            ),
            Trouble::Failed => (
                "这次没有写成。本页会自动再试，在此之前请不要关闭。",
                "it did not work this time. This page tries again by itself; please keep it open until then.",
            ),
            Trouble::Unreadable => (
                "本机有一份草稿，这里读不出它的内容，没有动它。请在“草稿”中删除它，改动才能保存。",
                "there is a draft on this computer that cannot be read here, and it was left as it is. Delete it under “Drafts” so that changes can be saved.",
            ),
        };
        self.0.pick(format!("没有保存在本机：{zh}"), format!("Not saved on this computer: {en}"))
    }

    /// Why drafts cannot be listed or deleted.
    pub fn unlisted(self, trouble: Trouble) -> String {
        match trouble {
            Trouble::Refused | Trouble::Newer => self.unsaved(trouble),
            Trouble::Full | Trouble::Failed | Trouble::Unreadable => self
                .0
                .pick(
                    "没有读到本机的草稿。请关闭这个列表后再打开。",
                    "The drafts on this computer could not be read. Please close this list and open it again.",
                )
                .to_owned(),
        }
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
        add(scope.texts, "正文与表格", "text against tables");
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

    pub fn faulty_rules(self, place: &str, problem: &str) -> String {
        self.0.pick(
            format!("核对规则的文件有误，请网站管理员更正。{place}：{problem}"),
            format!("The file of rules is faulty; the site’s administrator should correct it. {place}: {problem}"),
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
    pub texts: bool,
    pub prior: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    const COVERAGE: Coverage = Coverage { relations_checked: 42, relations_open: 0, cells: 201, cells_filled: 200 };
    const ZH: Words = Words(Language::Chinese);
    const EN: Words = Words(Language::English);

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
        let scope = |prior| Words(Language::Chinese).scope(Scope { year: true, headings: false, texts: true, prior });
        assert!(scope(false).contains("未核对两年之间的衔接"));
        assert!(scope(true).contains("正文与表格、与上一年度的衔接"));
    }
}

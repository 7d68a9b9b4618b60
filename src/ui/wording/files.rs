//! The words about files: reading and making them.

use super::Words;
use crate::ui::exporting::Format;
use crate::ui::work::{Doing, Progress, Stage, Stopped};

words! {
    the_report: "年度报告", "the annual report";
    progress_of_work: "进度", "Progress";
    download: "下载", "Download";
    open_file: "打开文件…", "Open a file…";
    drop_here: "松开鼠标，读取这份年报", "Drop it here to read the report";
    drop_to_edit: "松开鼠标，读入这份年报，代替现在的内容（可以撤销）",
        "Drop it here to put this report in place of what is edited (it can be undone)";
    further_reports: "一并给出的报告", "the further reports";
    cancelled: "读取已取消。", "Reading was cancelled.";
    not_made: "没有生成文件：已取消。", "No file was made: it was cancelled.";
    charts_in_pages_only: "图表只能随网页（html）一起导出。请改用 html，或不带图表。",
        "Charts can be exported in a web page (html) only. Please use html, or leave the charts out.";
    writer_failed: "生成文件时程序出了错，没有生成。请换一种格式再试。",
        "The program failed while it made the file. Please try another format.";
    not_a_file: "没有读到这个文件：它可能是文件夹，或者已被移走、改名。请重新选择文件。",
        "The file could not be read: it may be a folder, or it was moved or renamed. Please choose it again.";
    too_large: "文件超过 64 MB，年度报告不会这么大。请检查是否选错了文件。",
        "This file is larger than 64 MB; no annual report is. Please check whether it is the right file.";
}

impl Words {
    /// What is being done, with the key that ends it.
    pub fn working(self, doing: &Doing) -> String {
        let (zh, en, name) = match doing {
            Doing::Read(name) => ("正在读取 {name}，按 Esc 可以取消。", "Reading {name}. Esc cancels.", name.as_str()),
            Doing::Write(format) => {
                ("正在生成{name}文件，按 Esc 可以取消。", "Making the file ({name}). Esc cancels.", self.format(format))
            }
        };
        let name = if name.is_empty() { self.the_report() } else { name };
        self.say(zh, en, &[("name", name)])
    }

    /// How far it is.
    pub fn stage(self, progress: &Progress) -> String {
        let stage = match (progress.stage, &progress.doing) {
            (Stage::Fetching, Doing::Read(_)) => self.0.pick("取得文件", "getting the file"),
            (Stage::Fetching, Doing::Write(_)) => self.0.pick("准备", "getting ready"),
            (Stage::Loading, _) => self.0.pick("载入所需的程序", "loading the program for it"),
            (Stage::Opening, _) => self.0.pick("打开文件", "opening the file"),
            (Stage::Last, Doing::Read(_)) => self.0.pick("识别表格和文字", "finding the tables and texts"),
            (Stage::Last, Doing::Write(_)) => self.0.pick("排版", "laying it out"),
        };
        stage.to_owned() + "…"
    }

    /// What people call a format.
    pub fn format(self, format: &Format) -> &'static str {
        if format.ending == "html" { self.0.pick("网页", "Web page") } else { format.name }
    }

    pub fn was_saved(self, name: &str) -> String {
        self.say("{name} 已下载。", "{name} is downloaded.", &[("name", name)])
    }

    /// That of several files only one is read.
    pub fn only_first(self, name: &str, others: u32) -> String {
        self.say(
            "一次读取一个文件：读的是 {name}，另外 {others} 个没有读。",
            "One file is read at a time: {name}. {others} more were left aside.",
            &[("name", name), ("others", &others.to_string())],
        )
    }

    /// What one report of a list is called.
    pub fn one_of(self, list: &str, number: usize) -> String {
        self.say("{list}第 {number} 份", "{list}, number {number}", &[("list", list), ("number", &number.to_string())])
    }

    /// That a report that was given beside the one that is shown is left out.
    pub fn other_unread(self, name: &str, reason: &str) -> String {
        self.say(
            "一并给出的一份报告（{name}）没有读成，没有用来比较。{reason}",
            "One of the further reports ({name}) could not be read, so that nothing is compared with it. {reason}",
            &[("name", name), ("reason", reason)],
        )
    }

    pub fn was_read(self, name: &str) -> String {
        self.say("已读取 {name}。", "{name} is read.", &[("name", name)])
    }

    /// Why nothing was read: a program of the widget's could not be had.
    pub fn reader_missing(self, program: &str) -> String {
        self.say(
            "读取这个文件所需的程序（{program}）没有加载成功。请检查网络后重新读取；仍不成功时，请网站管理员核对该文件和同名的 .wasm 文件是否已一并部署。",
            "The program that reads this file ({program}) did not load. Please check the network and try again; if it still \
             fails, the site’s administrator should check that it is deployed together with its .wasm file.",
            &[("program", program)],
        )
    }

    pub fn reader_failed(self) -> &'static str {
        self.0.pick(
            "读取这个文件时程序出了错，没有读成。请换用该报告的其他格式（如网页或文本）再试。",
            "The program failed while it read this file. Please try another format of the report, such as its page or its text.",
        )
    }

    /// Why no file was made: a program of the widget's could not be had.
    pub fn writer_missing(self, program: &str) -> String {
        self.say(
            "生成文件所需的程序（{program}）没有加载成功。请检查网络后再试；仍不成功时，请网站管理员核对该文件和同名的 .wasm 文件是否已一并部署。",
            "The program that makes this file ({program}) did not load. Please check the network and try again; if it still \
             fails, the site’s administrator should check that it is deployed together with its .wasm file.",
            &[("program", program)],
        )
    }

    /// Why no file was made.
    pub fn not_written(self, stopped: Stopped) -> String {
        match stopped {
            Stopped::Cancelled => self.not_made().to_owned(),
            Stopped::Refused(sentence) => sentence,
            Stopped::Failed => self.writer_failed().to_owned(),
            Stopped::Missing(program) => self.writer_missing(&program),
        }
    }

    fn say(self, zh: &str, en: &str, values: &[(&str, &str)]) -> String {
        self.0.say(zh, en, values)
    }
}

//! The command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use nianbao::language::Language;

/// 政府信息公开工作年度报告：读取、核对与转换
///
/// Reads, checks and converts the annual reports on government information disclosure that public
/// bodies in China publish.
#[derive(Debug, Parser)]
#[command(name = "nianbao", version)]
pub struct Options {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// 核对报告 · Check reports and print what was found
    ///
    /// Exit status: 0 everything read, no error found; 1 an error was found; 2 a file could not
    /// be read, or the call is wrong.
    Check(CheckOptions),
    /// 转换格式 · Read a report and write it in another format
    ///
    /// Exit status: 0 it is written; 2 the report could not be read or not be written, or the call
    /// is wrong.
    Convert(ConvertOptions),
    /// 制作离线文件 · Write a report, or an empty form, as one file that works without a network
    ///
    /// The file holds the report, its tables and the program that shows, checks and edits it; a browser
    /// opens it by double click. Exit status: 0 it is written; 2 something could not be read or not
    /// be written, or the call is wrong.
    Bundle(BundleOptions),
    /// 列出表式 · List the known forms
    Forms(FormsOptions),
    /// 打印 JSON Schema · Print the JSON Schema of a report, or of a form file
    Schema(SchemaOptions),
}

#[derive(Debug, Args)]
pub struct CheckOptions {
    /// Reports, in any form in which they can be read; `-` for standard input; of a folder every
    /// file below it that may be a report; of a list of reports in JSON every one of them
    #[arg(required = true, value_name = "FILE|DIR")]
    pub files: Vec<PathBuf>,
    /// Last year's report of the same body, for the carry-over; or a folder of reports, of which
    /// each is compared with the one of its own body for the year before
    #[arg(long, value_name = "FILE|DIR")]
    pub prior: Option<PathBuf>,
    /// Print one JSON object a line instead of sentences
    #[arg(long)]
    pub json: bool,
    /// How many files are worked on at once; as many as there are cores where not given
    #[arg(long, value_name = "NUMBER")]
    pub threads: Option<NonZeroUsize>,
    /// With `--json`: where each figure was read, too
    #[arg(long, requires = "json")]
    pub provenance: bool,
    /// The folder with the program for offline files (offline-*.json), to which that of a file is compared
    #[arg(long, value_name = "DIR")]
    pub program: Option<PathBuf>,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Args)]
pub struct ConvertOptions {
    /// The report, in any form in which it can be read; `-` for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The file to write; its ending names the format: .json .html .docx .xlsx .csv .md, and .svg
    /// for a chart alone. `-` for standard output
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,
    /// The format, where the ending of OUT does not name it
    #[arg(long, value_name = "ENDING")]
    pub to: Option<String>,
    /// Last year's report of the same body: it helps where figures run together
    #[arg(long, value_name = "FILE")]
    pub prior: Option<PathBuf>,
    /// Say in the JSON, or in the data that the file carries, where each figure was read
    #[arg(long)]
    pub provenance: bool,
    /// Put the charts into the page, each behind the table whose figures it shows
    #[arg(long)]
    pub charts: bool,
    /// The chart that is written as .svg, such as `outcomes`
    #[arg(long, value_name = "ID", conflicts_with = "charts")]
    pub chart: Option<String>,
    /// A further report for the charts over the years and among bodies; of a list in JSON all of
    /// them. It may be given several times
    #[arg(long, value_name = "FILE")]
    pub history: Vec<PathBuf>,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Args)]
pub struct BundleOptions {
    /// The report, in any form in which it can be read; `-` for standard input
    #[arg(value_name = "FILE", required_unless_present = "empty", conflicts_with = "empty")]
    pub file: Option<PathBuf>,
    /// The file to write, .html; `-` for standard output. With `--agencies` the folder to write to
    #[arg(short, long, value_name = "OUT.html|DIR")]
    pub output: PathBuf,
    /// Whether the report is looked at or edited in the file; edited where not given and with `--empty`
    #[arg(long, value_enum)]
    pub mode: Option<Mode>,
    /// Show the charts too; the file opens with them
    #[arg(long)]
    pub charts: bool,
    /// Read and write every format in the file, .docx and .xlsx among them
    #[arg(long)]
    pub formats: bool,
    /// An empty form to be filled in, instead of a report; `--form` says which
    #[arg(long, requires = "form")]
    pub empty: bool,
    /// Whose report the empty form is
    #[arg(long, value_name = "NAME", requires = "empty")]
    pub agency: Option<String>,
    /// Of which year the empty form is
    #[arg(long, value_name = "YEAR", requires = "empty", value_parser = clap::value_parser!(i32).range(1900..=2999))]
    pub year: Option<i32>,
    /// An empty form for each body of a list: a .csv file with their names and, where they differ, with the years
    #[arg(long, value_name = "LIST.csv", requires = "empty", conflicts_with = "agency")]
    pub agencies: Option<PathBuf>,
    /// Last year's report of the same body, for the carry-over
    #[arg(long, value_name = "FILE")]
    pub prior: Option<PathBuf>,
    /// A further report for the charts over the years and among bodies; of a list in JSON all of
    /// them. It may be given several times
    #[arg(long, value_name = "FILE")]
    pub history: Vec<PathBuf>,
    /// The folder with the program for such files (offline-*.json), where another than one's own is meant
    #[arg(long, value_name = "DIR")]
    pub program: Option<PathBuf>,
    /// The language of the sentences, and of the file where it is not Chinese
    #[arg(long, value_name = "TAG", value_parser = languages(), default_value = "zh")]
    pub lang: Language,
    /// A form file of one's own; with `--empty` the form to be filled in, by its name such as
    /// `gongkai-2021` or its file
    #[arg(long, value_name = "ID|FILE")]
    pub form: Vec<PathBuf>,
    /// An office's own rules, which go along in the file
    #[arg(long, value_name = "FILE")]
    pub rules: Vec<PathBuf>,
}

/// What is done with a report in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    View,
    Edit,
}

#[derive(Debug, Args)]
pub struct FormsOptions {
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Args)]
pub struct SchemaOptions {
    /// Which schema
    #[arg(value_enum, default_value = "report")]
    pub of: SchemaOf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SchemaOf {
    Report,
    Form,
    Rules,
}

#[derive(Debug, Args)]
pub struct Common {
    /// The language of the sentences
    #[arg(long, value_name = "TAG", value_parser = languages(), default_value = "zh")]
    pub lang: Language,
    /// A form file of one's own, beside the official forms
    #[arg(long, value_name = "FILE")]
    pub form: Vec<PathBuf>,
    /// An office's own rules: further ones, other severities, some switched off
    #[arg(long, value_name = "FILE")]
    pub rules: Vec<PathBuf>,
}

/// The languages that there are; Chinese goes by its short name too.
fn languages() -> impl TypedValueParser<Value = Language> {
    let tags = Language::all().map(|language| match language {
        Language::CHINESE => PossibleValue::new("zh").alias(language.tag()),
        language => PossibleValue::new(language.tag()),
    });
    PossibleValuesParser::new(tags).map(|tag| Language::from_tag(&tag).unwrap_or_default())
}

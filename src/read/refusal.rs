//! Why a file is not read: for each reason one sentence that says what it is and what to do.

use crate::report::ReadError;

pub fn empty() -> ReadError {
    ReadError::new("这个文件是空的。请重新下载或另存后再试。", "This file is empty. Please download or save it again.")
}

pub fn too_large() -> ReadError {
    ReadError::new(
        "文件超过 64 MB，年度报告不会这么大。请检查是否选错了文件。",
        "This file is larger than 64 MB; no annual report is. Please check whether it is the right file.",
    )
}

pub fn binary() -> ReadError {
    ReadError::new(
        "这个文件不是文字文件，里面没有可读的文字。请提供网页、Word、Excel、文本或 JSON 文件。",
        "This file holds no readable text. Please bring the report as a web page, a Word or Excel file, text or JSON.",
    )
}

/// A list where one report is wanted.
pub fn several(count: usize) -> ReadError {
    ReadError::new(
        format!("这个文件是 {count} 份报告的列表，这里一次只能用一份。请把要用的那一份单独存成文件。"),
        format!(
            "This file is a list of {count} reports; only one can be used here. Please save the one that is meant as a file of its own."
        ),
    )
}

/// More rows or cells than any report has.
pub fn too_many_rows() -> ReadError {
    ReadError::new(
        "这个文件的行数或单元格多得不像年度报告，没有继续读。请把报告部分单独另存后再试。",
        "This file has far more rows or cells than an annual report, so it was not read on. Please save the report alone.",
    )
}

/// A format that an office program opens and saves as another one.
pub fn save_as(zh: &str, en: &str, ending: &str) -> ReadError {
    ReadError::new(
        format!("这是{zh}，不能直接读取。请用 Word、Excel 或 WPS 打开后另存为 {ending} 再试。"),
        format!(
            "This is {en}, which cannot be read as it is. Please open it in Word, Excel or WPS and save it as {ending}."
        ),
    )
}

pub fn archive() -> ReadError {
    ReadError::new(
        "这是压缩包。请先解压，再选择其中的报告文件。",
        "This is an archive. Please unpack it and choose the file of the report in it.",
    )
}

/// Nothing but pictures.
pub fn only_pictures() -> ReadError {
    ReadError::new(
        "这个文件里只有图片，没有文字；图片中的文字不能识别。请提供由文字和表格组成的报告文件或网页。",
        "This file holds pictures only; text in pictures cannot be recognised. Please bring the report with its text and tables, or its web page.",
    )
}

/// A format that is known by its first bytes but not read.
pub fn format(zh: &str, en: &str) -> ReadError {
    ReadError::new(
        format!("这是{zh}，目前还不能读取。请把报告另存为网页（.html）或文本（.txt）后再试。"),
        format!(
            "This is {en}, which cannot be read yet. Please save the report as a web page (.html) or as text (.txt)."
        ),
    )
}

pub fn image() -> ReadError {
    ReadError::new(
        "这是一张图片，目前还不能识别图片中的文字。请提供报告的网页、Word、Excel 或文本文件。",
        "This is an image; text in images cannot be recognised yet. Please bring the report as a web page, a Word or Excel file, or text.",
    )
}

pub fn login_page() -> ReadError {
    ReadError::new(
        "这个网页像是登录页面，里面没有报告的表格。请登录后打开报告，再把该网页另存下来。",
        "This looks like a login page; it holds no table of a report. Please log in, open the report and save that page.",
    )
}

pub fn no_table() -> ReadError {
    ReadError::new(
        "这个网页里没有年度报告的表格；内容可能是打开网页后才装载的。请在浏览器中打开报告，等表格显示后另存为网页再试。",
        "This page holds no table of an annual report; it may load its content later. Please open the report in a browser and save the page once the tables show.",
    )
}

pub fn no_form() -> ReadError {
    ReadError::new(
        "这段文字里认不出年度报告的表格。请检查是否选错了文件；如果是报告，请提供带表格的网页或文本。",
        "No form of an annual report is recognised in this text. Please check whether it is the right file; if it is the report, bring it with its tables.",
    )
}

pub fn before_2019() -> ReadError {
    ReadError::new(
        "这是 2019 年以前的报告，但里面既没有读得出的统计表，也没有正文。请提供带统计表或正文的完整报告。",
        "This is a report from before 2019, but it holds neither a table of indicators that can be read nor a text. Please bring the whole report.",
    )
}

pub fn old_table() -> ReadError {
    ReadError::new(
        "这份报告写的是 2019 年或以后的年度，用的却是 2019 年以前的统计表，里面没有年度报告的表格。请核对年度；年度无误的，请提供按规定格式填报的报告。",
        "By its year this report is for 2019 or later, but it shows the statistics table of the years before and no table of an annual report. Please check the year; if it is right, bring the report in the form that is due.",
    )
}

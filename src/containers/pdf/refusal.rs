//! Why a PDF is not read: for each reason one sentence that says what it is and what to do.

use crate::report::ReadError;

pub fn scan() -> ReadError {
    ReadError::new(
        "这个 PDF 是扫描件，没有文字层，目前还不能识别图片中的文字。请提供报告的网页、Word 或 Excel 文件，或者先做文字识别（OCR）再试。",
        "This PDF is a scan: it holds pictures and no text, and text in pictures cannot be recognised yet. Please bring the report as a web page, a Word or an Excel file, or run text recognition (OCR) on it first.",
    )
}

pub fn no_text() -> ReadError {
    ReadError::new(
        "这个 PDF 里没有文字；文字可能已转成了图形，或者文件是空白的。请提供报告的网页、Word 或 Excel 文件。",
        "This PDF holds no text; it may have been turned into drawings, or the file is blank. Please bring the report as a web page, a Word or an Excel file.",
    )
}

pub fn nameless() -> ReadError {
    ReadError::new(
        "这个 PDF 的字体没有说明各个字形是什么字，因此读不出文字。请提供报告的网页、Word 或 Excel 文件，或者用原软件重新导出 PDF。",
        "The fonts of this PDF do not say which characters their shapes are, so that its text cannot be read. Please bring the report as a web page, a Word or an Excel file, or export the PDF anew.",
    )
}

pub fn password() -> ReadError {
    ReadError::new(
        "这个 PDF 要输入密码才能打开。请先去掉密码（打开后另存或打印为 PDF），再试一次。",
        "This PDF opens with a password only. Please remove the password first (open it, then save or print it as PDF), and try again.",
    )
}

pub fn encryption() -> ReadError {
    ReadError::new(
        "这个 PDF 的加密方式不能读取。请打开后另存或打印为不加密的 PDF，再试一次。",
        "The encryption of this PDF cannot be read. Please open it, save or print it as PDF without encryption, and try again.",
    )
}

pub fn damaged() -> ReadError {
    ReadError::new(
        "这个 PDF 不完整或已损坏，打不开。请重新下载；如果在别处能打开，请另存或打印为 PDF 再试。",
        "This PDF is cut off or damaged and cannot be opened. Please download it again; if it opens elsewhere, save or print it as PDF and try that.",
    )
}

pub fn too_long() -> ReadError {
    ReadError::new(
        "这个 PDF 超过 300 页，年度报告不会这么长。请检查是否选错了文件，或者只取报告所在的几页。",
        "This PDF has more than 300 pages; no annual report has. Please check whether it is the right file, or bring only the pages of the report.",
    )
}

pub fn too_heavy() -> ReadError {
    ReadError::new(
        "这个 PDF 解开后过大，年度报告不会这么大。请检查是否选错了文件；如果没有选错，请另存或打印为 PDF 再试。",
        "This PDF unpacks to more than any annual report. Please check whether it is the right file; if it is, save or print it as PDF and try that.",
    )
}

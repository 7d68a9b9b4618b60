//! A page without script: one `<article>` that can be cut out and pasted into a site's editor. What it
//! needs to look right stands in its `style` attributes, so that it outlives an editor that drops classes
//! and style sheets; the sheet in the head adds what only a sheet can say, about narrow screens and paper.
//! Every figure, section and item bears its mark, and a data block holds the report.

use serde_json::{Value as Json, json};

use super::printable;
use crate::charts::Chart;
use crate::form::{Axis, Form, Laid, LaidCell, Layout};
use crate::language::Language;
use crate::marks;
use crate::publication::{Part, Publication};
use crate::report::Report;

pub fn write(publication: &Publication, charts: Vec<Chart>, json: &Json) -> Vec<u8> {
    let mut page = Page { html: String::with_capacity(96 << 10), publication, charts };
    page.whole(json);
    page.html.into_bytes()
}

/// What stands in the head of a page and in its body, for a page that holds more than the report. The data are left
/// out, for such a page has its own.
pub fn parts(publication: &Publication) -> (String, String) {
    let page = || Page { html: String::with_capacity(96 << 10), publication, charts: Vec::new() };
    let (mut head, mut body) = (page(), page());
    head.head();
    body.article(None);
    (head.html, body.html)
}

/// For narrow screens and for paper.
const SHEET: &str = "body{margin:0;padding:1.5rem 1rem;background:#fff}\
@media(max-width:40em){body{padding:.75rem .75rem 2rem}h1{font-size:1.3em!important}table{font-size:.8em!important}td{padding-right:.5em!important}}\
@media print{@page{size:A4;margin:25mm 20mm}body{padding:0;font-size:12pt}article{max-width:none!important}\
h2{break-after:avoid}tr{break-inside:avoid}p{orphans:2;widows:2}\
article div{overflow:visible!important}figure svg{width:100%;height:auto}table{min-width:0!important;font-size:9pt!important}}";

/// At the foot of every sheet of paper what names the report, and the number of the page. Browsers that know no such
/// boxes leave it out: the line at the end of the article is printed by all.
fn page_foot(line: &str) -> String {
    format!(
        "@media print{{@page{{@bottom-left{{content:\"{line}\";font-size:9pt;color:#444}}\
         @bottom-right{{content:counter(page);font-size:9pt;color:#444}}}}}}"
    )
}

const ARTICLE: &str = "max-width:52em;margin:0 auto;color:#111;line-height:1.8;overflow-wrap:anywhere";
const TITLE: &str = "margin:.8em 0 1.2em;text-align:center;font-size:1.7em;line-height:1.4;font-weight:600";
const HEADING: &str = "margin:1.6em 0 .6em;font-size:1.15em;line-height:1.5;font-weight:600";
const PARAGRAPH: &str = "margin:.5em 0;text-indent:2em;text-align:justify";
/// A line within a paragraph, set in like its first one.
const INDENTED_LINE: &str = "<br><span style=\"display:inline-block;width:2em\"></span>";
const DATE: &str = "margin:1.5em 0 0;text-align:right";
const REGION: &str = "position:relative;margin:1em 0;overflow-x:auto";
const TABLE: &str = "width:100%;border-collapse:collapse;font-size:.85em;line-height:1.4;overflow-wrap:normal";
const FINGERPRINT: &str = "margin:2em 0 0;font-size:.8em;text-align:right;color:#555";
/// Not seen, but read out.
const UNSEEN: &str = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap";
const CELL: &str = "border:1px solid #444;padding:.35em .4em;font-weight:normal";

const TITLE_FONTS: &str =
    "FZXiaoBiaoSong-B05S,'方正小标宋简体','方正小标宋_GBK',SimSun,STSong,'Noto Serif CJK SC',serif";
const SERIF: &str = "FangSong,FangSong_GB2312,STFangsong,'仿宋',SimSun,STSong,'Noto Serif CJK SC',serif";
pub const SANS: &str = "SimHei,STHeiti,'黑体','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif";

pub struct Page<'a> {
    html: String,
    publication: &'a Publication<'a>,
    /// The charts that are still to be put.
    pub charts: Vec<Chart>,
}

impl<'a> Page<'a> {
    fn whole(&mut self, json: &Json) {
        self.put("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
        self.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        self.head();
        self.put("\n</head>\n<body>\n");
        self.article(Some(json));
        self.put("</body>\n</html>\n");
    }

    /// What the page is called, and its sheet.
    fn head(&mut self) {
        self.put("<title>");
        self.text(&on_one_line(&self.publication.title));
        self.put("</title>\n<style>");
        self.put(SHEET);
        self.put(&page_foot(&self.publication.fingerprint_line()));
        self.put("</style>");
    }

    /// The report as it is seen, and in linked data where that is given.
    fn article(&mut self, json: Option<&Json>) {
        let report = self.publication.report;
        self.put("<article lang=\"zh-CN\"");
        self.attribute(marks::FORM, &report.form.id);
        self.attribute(marks::AGENCY, &report.agency);
        self.attribute(marks::YEAR, &report.year.map(|year| year.to_string()).unwrap_or_default());
        self.put(&format!(" style=\"{ARTICLE};font-family:{SERIF}\">\n<h1"));
        self.attribute(marks::ITEM, marks::TITLE);
        self.put(&format!(" style=\"{TITLE};font-family:{TITLE_FONTS}\">"));
        self.text(&on_one_line(&self.publication.title));
        self.put("</h1>\n");
        self.parts();
        // An element that no reader takes for part of the report.
        self.block("footer", Some(marks::FINGERPRINT), FINGERPRINT, &self.publication.fingerprint_line());
        if let Some(json) = json {
            self.data(json);
        }
        self.put("</article>\n");
    }

    fn parts(&mut self) {
        let publication = self.publication;
        let mut open: Option<(&str, &str)> = None;
        let mut sheets = 0;
        let mut parts = publication.parts.iter().peekable();
        while let Some(part) = parts.next() {
            let section = match part {
                Part::Heading { section, .. } | Part::Paragraph { section, .. } | Part::Sheet { section, .. } => {
                    Some(*section)
                }
                Part::Foot(_) => None,
            };
            if section != open.map(|(section, _)| section) {
                if let Some((_, element)) = open {
                    self.put(&format!("</{element}>\n"));
                }
                // What has no heading is no section in the words of the web.
                let element = if matches!(part, Part::Heading { .. }) { "section" } else { "div" };
                open = section.map(|section| (section, element));
                if let Some(section) = section {
                    self.put(&format!("<{element}"));
                    self.attribute(marks::SECTION, section);
                    self.put(">\n");
                }
            }
            match part {
                Part::Heading { text, .. } => {
                    let style = format!("{HEADING};font-family:{SANS}");
                    self.block("h2", Some(marks::HEADING), &style, &on_one_line(text));
                }
                Part::Paragraph { text, .. } => self.block("p", None, PARAGRAPH, text),
                Part::Sheet { section, layout } => {
                    self.sheet(section, layout, sheets);
                    sheets += 1;
                    if !matches!(parts.peek(), Some(Part::Sheet { section: next, .. }) if next == section) {
                        self.charts(|chart| chart.section.as_deref() == Some(section));
                    }
                }
                Part::Foot(_) => {}
            }
        }
        if let Some((_, element)) = open {
            self.put(&format!("</{element}>\n"));
        }
        let report = publication.report;
        let foot = [(marks::CONTACT, &report.contact, PARAGRAPH), (marks::DATE, &report.date, DATE)];
        for (item, text, style) in foot.into_iter().filter(|(_, text, _)| !text.is_empty()) {
            self.block("p", Some(item), style, text);
        }
        self.charts(|_| true);
    }

    pub fn block(&mut self, name: &str, item: Option<&str>, style: &str, text: &str) {
        self.put(&format!("<{name}"));
        if let Some(item) = item {
            self.attribute(marks::ITEM, item);
        }
        self.put(&format!(" style=\"{style}\">"));
        self.lines(text, if style == PARAGRAPH { INDENTED_LINE } else { "<br>" });
        self.put(&format!("</{name}>\n"));
    }

    fn sheet(&mut self, section: &str, layout: &'a Layout, sheet: usize) {
        let form: &'a Form = &self.publication.report.form;
        let caption = caption(form, section, layout);
        self.put("<div role=\"region\" tabindex=\"0\"");
        self.attribute("aria-label", caption);
        self.put(&format!(" style=\"{REGION}\">\n"));
        let columns = Columns::of(layout);
        self.put(&format!("<table style=\"{TABLE};min-width:{}em\">\n<caption style=\"{UNSEEN}\">", columns.least()));
        self.text(caption);
        self.put("</caption>\n<colgroup>");
        for share in columns.shares() {
            self.put(&format!("<col style=\"width:{share}%\">"));
        }
        self.put("</colgroup>\n");
        // Heads are repeated on every sheet of paper where there is one table, and it has no line over it.
        let repeats = layout.blocks.len() == 1 && form.tables[layout.blocks[0].table].banner.is_none();
        let year = self.publication.report.year.unwrap_or_default();
        let grid = Grid { prefix: format!("nb{year}-{}", sheet + 1), layout, room: columns.room() };
        for block in &layout.blocks {
            let across = form.tables[block.table].across;
            self.put(if repeats { "<thead>\n" } else { "<tbody>\n" });
            for row in 0..block.rows {
                if repeats && row == block.head_rows {
                    self.put("</thead>\n<tbody>\n");
                }
                self.row(&grid, block.first_row + row, across);
            }
            self.put("</tbody>\n");
        }
        self.put("</table>\n</div>\n");
    }

    fn row(&mut self, grid: &Grid, row: usize, across: bool) {
        let room = grid.room;
        self.put("<tr>");
        for cell in &grid.layout.rows[row] {
            match &cell.laid {
                Laid::Figure(id) => {
                    self.put("<td");
                    self.attribute(marks::CELL, &self.publication.report.form.cell(*id).address);
                    self.attribute("headers", &grid.headers(cell));
                }
                laid => {
                    self.put("<th");
                    self.attribute("id", &grid.id(row, cell.column));
                    self.attribute("scope", scope(laid, across));
                }
            }
            let spans = [("colspan", cell.columns), ("rowspan", cell.rows)];
            for (name, span) in spans.into_iter().filter(|(_, span)| *span > 1) {
                self.attribute(name, &span.to_string());
            }
            let name = self.style_cell(cell, across, room);
            self.text(&self.publication.text(&cell.laid));
            self.put(name);
        }
        self.put("</tr>\n");
    }

    /// The style of a cell; the tag that ends it.
    fn style_cell(&mut self, cell: &LaidCell, across: bool, room: &'static str) -> &'static str {
        let (end, align) = match &cell.laid {
            Laid::Figure(_) if cell.columns > 1 => ("</td>", "text-align:center"),
            Laid::Figure(_) => ("</td>", room),
            Laid::Head { axis: Axis::Row, line: Some(_), .. } if !across => ("</th>", "text-align:left;min-width:7em"),
            _ => ("</th>", "text-align:center;text-wrap:balance"),
        };
        self.put(&format!(" style=\"{CELL};{align}\">"));
        end
    }

    /// The report as linked data: what it is in the words of schema.org, and all of it in its own.
    fn data(&mut self, report: &Json) {
        let Report { form, agency, year, .. } = self.publication.report;
        let data = json!({
            "@context": ["https://schema.org", {
                "nianbao": marks::VOCABULARY,
                "report": { "@id": "nianbao:report", "@type": "@json" },
            }],
            "@type": ["Report", "Dataset"],
            "name": self.publication.title,
            "description": form.name.zh,
            "inLanguage": Language::CHINESE.tag(),
            "publisher": { "@type": "GovernmentOrganization", "name": agency },
            "temporalCoverage": year.map(|year| year.to_string()),
            "isBasedOn": { "@type": "Legislation", "name": form.notice.title.zh, "legislationIdentifier": form.notice.number },
            "report": report,
        });
        self.put("<script type=\"application/ld+json\">");
        self.put(&marks::embedded(&data));
        self.put("</script>\n");
    }

    pub fn put(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Text, with line breaks where it has some.
    pub fn text(&mut self, text: &str) {
        self.lines(text, "<br>");
    }

    fn lines(&mut self, text: &str, line_break: &str) {
        for c in printable(text).trim().chars() {
            match c {
                '&' => self.put("&amp;"),
                '<' => self.put("&lt;"),
                '>' => self.put("&gt;"),
                '\n' => self.put(line_break),
                c => self.html.push(c),
            }
        }
    }

    pub fn attribute(&mut self, name: &str, value: &str) {
        self.put(&format!(" {name}=\""));
        for c in printable(value).chars() {
            match c {
                '&' => self.put("&amp;"),
                '"' => self.put("&quot;"),
                '<' => self.put("&lt;"),
                c => self.html.push(c),
            }
        }
        self.put("\"");
    }
}

fn on_one_line(text: &str) -> String {
    printable(text).replace('\n', " ")
}

/// A printed table, and how its heads are named.
struct Grid<'a> {
    prefix: String,
    layout: &'a Layout,
    /// How figures stand in their columns.
    room: &'static str,
}

impl Grid<'_> {
    fn id(&self, row: usize, column: usize) -> String {
        format!("{}-{row}-{column}", self.prefix)
    }

    fn headers(&self, cell: &LaidCell) -> String {
        let ids = cell.heads.iter().map(|(row, column)| self.id(*row, *column));
        ids.collect::<Vec<_>>().join(" ")
    }
}

/// The heading of the section where its table is the only one, or else the table's own name.
fn caption<'a>(form: &'a Form, section: &str, layout: &Layout) -> &'a str {
    let section = form.sections.iter().find(|known| known.id == section);
    match (section, layout.blocks.first()) {
        (Some(section), Some(block)) if section.sheets.len() > 1 => &form.tables[block.table].name.zh,
        (Some(section), _) => &section.heading.zh,
        (None, _) => &form.name.zh,
    }
}

fn scope(laid: &Laid, across: bool) -> &'static str {
    match laid {
        Laid::Banner(_) => "rowgroup",
        Laid::Head { axis: Axis::Row, .. } if !across => "row",
        _ => "col",
    }
}

/// The columns of a printed table: labels first, then figures.
struct Columns {
    /// For each column of labels whether they are long: those of rows, not of groups.
    labels: Vec<bool>,
    figures: usize,
}

/// From how many characters on a label needs room.
const LONG: usize = 6;

impl Columns {
    fn of(layout: &Layout) -> Columns {
        let cells = || layout.rows.iter().flatten();
        let figures = cells().filter(|cell| matches!(cell.laid, Laid::Figure(_)));
        let first = figures.map(|cell| cell.column).min().unwrap_or(0).min(layout.width);
        let mut labels = vec![false; first];
        for cell in cells().filter(|cell| cell.rows == 1 && cell.columns == 1) {
            if let (Laid::Head { label, axis: Axis::Row, .. }, Some(is_long)) =
                (&cell.laid, labels.get_mut(cell.column))
            {
                *is_long |= label.zh.chars().count() >= LONG;
            }
        }
        if let (false, Some(last)) = (labels.contains(&true), labels.last_mut()) {
            *last = true;
        }
        Columns { labels, figures: layout.width - first }
    }

    /// How wide each column is, in percent.
    fn shares(&self) -> Vec<String> {
        let long = if self.figures > 4 { 22.0 } else { 34.0 };
        let mut shares: Vec<f32> = self.labels.iter().map(|is_long| if *is_long { long } else { 8.0 }).collect();
        let left = (100.0 - shares.iter().sum::<f32>()).max(20.0);
        shares.extend(vec![left / self.figures.max(1) as f32; self.figures]);
        shares.iter().map(|share| format!("{share:.2}")).collect()
    }

    /// Figures stand digit below digit; in wide columns not far from the middle, where their heads are.
    fn room(&self) -> &'static str {
        match self.figures {
            0..=4 => "text-align:right;padding-right:3em;font-variant-numeric:tabular-nums",
            5..=8 => "text-align:right;padding-right:.8em;font-variant-numeric:tabular-nums",
            _ => "text-align:right;font-variant-numeric:tabular-nums",
        }
    }

    /// How wide the table must be to be read, in em.
    fn least(&self) -> usize {
        let labels: usize = self.labels.iter().map(|is_long| if *is_long { 9 } else { 3 }).sum();
        labels + self.figures * 3
    }
}

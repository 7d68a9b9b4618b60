//! Title, agency and year: from the lines before the first section, else from the text.

use super::document::Document;
use super::fold::without_parentheses;

/// What a report calls itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Title {
    pub title: String,
    pub agency: String,
    pub year: Option<i32>,
    /// The lines that it was taken from.
    pub lines: Vec<usize>,
}

/// How far down a title may stand, in lines before the first section.
const REACH: usize = 400;
/// How long the name of a report is at the most, and that of a body.
const REPORT: usize = 20;
const NAME: usize = 30;
/// Words of which one must stand in a title, behind one of `MATTERS`.
const KINDS: [&str; 6] = ["年度报告", "年度报", "工作报告", "年报", "年度報告", "工作報告"];
const MATTERS: [&str; 6] = ["信息公开", "政务公开", "信息公開", "政務公開", "資訊公開", "信息年度"];

/// Finds the title among the first lines.
pub fn find(document: &Document, end: usize) -> Title {
    let lines: Vec<_> = (0..end.min(REACH).min(document.lines.len()))
        .filter_map(|at| Some((at, clean(document.lines[at].lone_text()?))))
        .collect();
    let page = document.title.as_deref().map(clean).unwrap_or_default();
    let mut best: Option<(i32, Title)> = None;
    for at in 0..lines.len() {
        for count in 1..=3.min(lines.len() - at) {
            let chosen = &lines[at..at + count];
            let Some(title) = title_of(chosen.iter().map(|(_, text)| text.as_str())) else { continue };
            let weight = weigh(&title, count);
            if best.as_ref().is_none_or(|(known, _)| weight > *known) {
                best = Some((weight, Title { lines: chosen.iter().map(|(line, _)| *line).collect(), ..title }));
            }
        }
    }
    let from_page = title_of([page.split(['_', '|']).next().unwrap_or_default().trim()].into_iter());
    match (best, from_page) {
        (Some((weight, title)), Some(page)) if weigh(&page, 1) <= weight => title,
        (None, Some(page)) | (Some(_), Some(page)) => page,
        (Some((_, title)), None) => title,
        (None, None) => lines.iter().find_map(|(_, text)| announced(text)).unwrap_or_default(),
    }
}

/// Agency and year of a report without a title, by the sentence that presents it: “现将某镇2022年度政府信息公开
/// 工作报告公布如下”.
fn announced(text: &str) -> Option<Title> {
    let tight: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let presented = &tight[tight.find("现将")? + "现将".len()..];
    let (from, to, year) = year_place(presented)?;
    let name = without_parentheses(&presented[..from]);
    let behind: String = presented[to..].chars().take(REPORT).collect();
    let is_report = MATTERS.iter().any(|word| behind.contains(word)) && KINDS.iter().any(|kind| behind.contains(kind));
    let is_name = !name.contains(['，', '。', ',', '；', '、', '：']) && (2..=NAME).contains(&name.chars().count());
    (is_report && is_name).then(|| Title { agency: name.into_owned(), year: Some(year), ..Title::default() })
}

fn weigh(title: &Title, lines: usize) -> i32 {
    let year = if title.year.is_some() { 40 } else { 0 };
    let agency = if title.agency.is_empty() { 0 } else { 30 };
    year + agency - 10 * lines as i32
}

/// A line without what only introduces a title.
fn clean(text: &str) -> String {
    let text = text.trim();
    let rest = ["标题：", "标题:", "標題：", "標題:"].iter().find_map(|mark| text.strip_prefix(mark));
    rest.unwrap_or(text).trim().to_owned()
}

/// Lines that together are a title: the matter, the kind, no sentence, no date of publication.
fn title_of<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Option<Title> {
    if lines.clone().any(|line| !may_be_title(line)) {
        return None;
    }
    let title = join(lines);
    if title.chars().count() > 70 {
        return None;
    }
    let tight: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let matter = MATTERS.iter().filter_map(|word| tight.find(word)).min()?;
    // “工作告年度报” happens too.
    if !KINDS.iter().any(|kind| tight[matter..].contains(kind)) {
        return None;
    }
    Some(Title { agency: agency(&tight, matter), year: year_in(&tight), title, lines: Vec::new() })
}

fn may_be_title(line: &str) -> bool {
    let sentence = ['。', '，', '；', '：', ',', ';', '>', '》', '[', '='];
    let meta = ["发布", "來源", "来源", "日期", "时间", "时間", "http", "当前位置", "首页", "索引", "Page"];
    !line.is_empty() && !line.contains(sentence) && !meta.iter().any(|word| line.contains(word))
}

/// Joins lines: without a space between characters, with one only where there was one.
fn join<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.collect::<Vec<_>>().concat()
}

/// What stands before the matter, without year and small words.
fn agency(tight: &str, matter: usize) -> String {
    let mut name = tight[..matter].to_owned();
    if let Some((from, to, _)) = year_place(&name) {
        name.replace_range(from..to, "");
    }
    let name = name.replace("关于", "").replace("關於", "");
    let name = name.strip_suffix("政府").filter(|rest| ends_a_name(rest)).unwrap_or(&name);
    name.trim_matches(['的', '“', '”', '"', '《']).to_owned()
}

/// “某镇政府信息公开”: 政府 belongs to the matter unless the name needs it, as 人民政府 does.
fn ends_a_name(rest: &str) -> bool {
    !rest.ends_with("人民")
}

/// The report year that a text names.
pub fn year_in(text: &str) -> Option<i32> {
    year_place(text).map(|(_, _, year)| year)
}

/// Four digits and 年 or 年度, as byte range and year.
fn year_place(text: &str) -> Option<(usize, usize, i32)> {
    text.match_indices('年').find_map(|(at, _)| {
        let from = at.checked_sub(4)?;
        let digits = text.get(from..at).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        let year: i32 = digits.parse().ok().filter(|year| (2003..2100).contains(year))?;
        let longer = text[..from].ends_with(|c: char| c.is_ascii_digit());
        let rest = &text[at + '年'.len_utf8()..];
        // “年度报告” belongs to the kind, not to the year.
        let degree = if rest.starts_with('度') && !rest.starts_with("度报") { '度'.len_utf8() } else { 0 };
        (!longer).then_some((from, at + '年'.len_utf8() + degree, year))
    })
}

/// The year of a period: “2024年1月1日至2024年12月31日”.
pub fn year_of_period(text: &str) -> Option<i32> {
    let tight: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let begins = tight.match_indices("年1月1日").find_map(|(at, _)| digits_before(&tight, at));
    let ends = || tight.match_indices("年12月31日").find_map(|(at, _)| digits_before(&tight, at));
    begins.or_else(ends)
}

fn digits_before(text: &str, at: usize) -> Option<i32> {
    let digits = text.get(at.checked_sub(4)?..at)?;
    digits.parse().ok().filter(|year| (2003..2100).contains(year))
}

/// The year that a text names most often; of several the one named first.
pub fn most_frequent_year<'a>(texts: impl Iterator<Item = &'a str>) -> Option<i32> {
    let mut counts: Vec<(i32, usize)> = Vec::new();
    for text in texts {
        let tight: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        for (at, _) in tight.match_indices('年') {
            let Some(year) = year_in(tight.get(at.saturating_sub(4)..at + '年'.len_utf8()).unwrap_or_default()) else {
                continue;
            };
            match counts.iter_mut().find(|(known, _)| *known == year) {
                Some((_, count)) => *count += 1,
                None => counts.push((year, 1)),
            }
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.iter().find(|(_, count)| *count == most).map(|(year, _)| *year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::document::Line;

    fn check(lines: &[&str], agency: &str, year: Option<i32>) {
        let lines: Vec<_> = lines.iter().map(|text| Line::paragraph(*text)).collect();
        let title = find(&Document { lines, ..Document::default() }, 99);
        assert_eq!((title.agency.as_str(), title.year), (agency, year));
    }

    #[test]
    fn titles_are_read_in_every_order() {
        check(&["某县某镇 2020 年政府信息公开年度报告"], "某县某镇", Some(2020));
        check(&["2019年某市人民政府办公厅政府信息公开工作年度报告"], "某市人民政府办公厅", Some(2019));
        check(&["2022年度某镇政府信息公开工作年度报告"], "某镇", Some(2022));
        check(&["某区人民政府", "2023 年政府信息公开工作年度报告"], "某区人民政府", Some(2023));
        check(&["某县某镇人民政府", "关于2021年度政府信息公开工作的年度报告"], "某县某镇人民政府", Some(2021));
        check(&["标题: 某区2021年度政府信息公开工作年度报告", "发布时间: 2022-02-08"], "某区", Some(2021));
        check(&["某街道2019年度政府信息公开工作报告"], "某街道", Some(2019));
        check(&["2025 年某街道政府信息", "公开工作年度报告"], "某街道", Some(2025));
        check(&["政府信息公开工作年度报告"], "", None);
        check(&["根据要求，现将某镇2022年度政府信息公开工作报告如下："], "某镇", Some(2022));
        check(&["[..]现将某市某局（以下简称某局）2023年信息公开年度报告进行公布。"], "某市某局", Some(2023));
        check(&["现将2021年工作总结如下：政府信息公开年度报告按时发布。"], "", None);
        check(&["本报告根据有关要求编制。"], "", None);
    }

    #[test]
    fn a_year_is_found_in_the_period_or_in_the_text() {
        assert_eq!(year_of_period("自 2024 年 1 月 1 日起至 2024 年 12 月 31 日止"), Some(2024));
        assert_eq!(year_of_period("自2020年1月1日起至202020年12月31日止"), Some(2020));
        assert_eq!(year_of_period("2024年3月"), None);
        assert_eq!(most_frequent_year(["2021年预算", "2022年、2022 年"].into_iter()), Some(2022));
    }
}

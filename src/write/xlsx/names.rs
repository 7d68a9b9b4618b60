//! Names in a workbook: of sheets, and of cells, which bear the addresses of their figures.

use super::super::printable;
use super::super::xml::Xml;
use super::figures::Places;
use super::sheet::{Sheet, letters};
use crate::publication::Publication;

/// The most characters, in units of UTF-16, that the name of a sheet has.
const LONGEST_SHEET: usize = 31;
/// The most characters that any other name has.
const LONGEST: usize = 255;

/// The name of a sheet after a heading, other than all that are taken, in which large and small letters are
/// the same.
pub fn of_sheet(heading: &str, taken: &[String]) -> String {
    let printable = printable(heading);
    let allowed = |c: char| if c.is_control() || ":\\/?*[]".contains(c) { '_' } else { c };
    let plain: String = printable.chars().map(allowed).collect();
    let plain = plain.trim_matches(['\'', ' ', '\u{3000}']);
    let plain = if plain.is_empty() { "表" } else { plain };
    let is_free = |name: &String| {
        !name.eq_ignore_ascii_case("history") && taken.iter().all(|known| !known.eq_ignore_ascii_case(name))
    };
    let numbered = |number: usize| match number {
        1 => shortened(plain, ""),
        number => shortened(plain, &format!("（{number}）")),
    };
    (1..).map(numbered).find(is_free).unwrap_or_default()
}

/// A name with an ending, in the length that a name of a sheet may have.
fn shortened(name: &str, ending: &str) -> String {
    let mut room = LONGEST_SHEET - ending.encode_utf16().count();
    let fits = |c: &char| {
        let length = c.len_utf16();
        let fits = length <= room;
        room = if fits { room - length } else { 0 };
        fits
    };
    let start: String = name.chars().take_while(fits).collect();
    format!("{}{ending}", start.trim_end_matches(['\'', ' ']))
}

/// A sheet as formulas name it.
pub fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// The names of a workbook: for each figure its address, for each sheet the rows that every page has.
pub fn write(xml: &mut Xml, publication: &Publication, sheets: &[Sheet]) {
    for (at, sheet) in sheets.iter().enumerate().filter(|(_, sheet)| !sheet.repeated.is_empty()) {
        let rows = format!("{}!${}:${}", quoted(&sheet.name), sheet.repeated.start + 1, sheet.repeated.end);
        xml.leaf("definedName", &[("name", "_xlnm.Print_Titles"), ("localSheetId", &at.to_string())], &rows);
    }
    let form = &publication.report.form;
    let places = Places::of(form, sheets);
    let mut names: Vec<_> = form.cells().filter_map(|(id, cell)| Some((&cell.address, places.get(id)?))).collect();
    names.sort_by_key(|(address, _)| *address);
    for (address, place) in names {
        let Some(sheet) = sheets.get(place.sheet) else { continue };
        let name = of_cell(address);
        if name.len() <= LONGEST {
            let cell = format!("{}!${}${}", quoted(&sheet.name), letters(place.column), place.row + 1);
            xml.leaf("definedName", &[("name", &name)], &cell);
        }
    }
}

/// An address as a name: it may not begin with a digit, and with its points it is no place such as `A1`.
fn of_cell(address: &str) -> String {
    match address.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("_{address}"),
        false => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_have_names_that_spreadsheets_take() {
        let mut taken = Vec::new();
        let mut check = |heading: &str, expect: &str| {
            let name = of_sheet(heading, &taken);
            assert_eq!(name, expect);
            assert!(name.encode_utf16().count() <= LONGEST_SHEET);
            taken.push(name);
        };
        check("一、总体情况", "一、总体情况");
        check("一、总体情况", "一、总体情况（2）");
        check("a/b:c?*[d]\\", "a_b_c__[d]_".replace(['[', ']'], "_").as_str());
        check("ABC", "ABC");
        check("abc", "abc（2）");
        check("'甲'", "甲");
        check("", "表");
        check("\n", "_");
        check("History", "History（2）");
        check(&"长".repeat(40), &"长".repeat(31));
        check(&"长".repeat(40), &format!("{}（2）", "长".repeat(28)));
        check(&"😀".repeat(20), &"😀".repeat(15));
    }

    #[test]
    fn addresses_are_names() {
        assert_eq!(of_cell("requests.received.total"), "requests.received.total");
        assert_eq!(of_cell("20.a.b"), "_20.a.b");
        assert_eq!(quoted("甲's"), "'甲''s'");
    }
}

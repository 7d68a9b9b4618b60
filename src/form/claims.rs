//! From the words of a form file to lines of its tables.

use super::super::definition::{ClaimsFile, SaidFile};
use super::super::{Claims, Form, Instead, Line, Said};
use super::{Checked, fault};

pub fn of(form: &Form, place: &str, file: ClaimsFile) -> Checked<Claims> {
    let Some(table) = form.tables.iter().position(|table| table.id == file.table) else {
        return fault(place, format!("there is no table “{}”", file.table));
    };
    let (rows, columns) = (&form.tables[table].rows, &form.tables[table].columns);
    let one = |lines: &[Line], id: Option<String>| -> Checked<Option<usize>> {
        id.map(|id| Ok(lines_of(place, lines, &[id])?[0])).transpose()
    };
    let all = |lines: &[Line], said: Vec<SaidFile>| -> Checked<Vec<Said>> {
        said.into_iter().map(|said| self::said(place, lines, said)).collect()
    };
    Ok(Claims {
        table,
        about: file.about,
        objects: file.objects,
        units: file.units,
        ignore: file.ignore,
        partial: file.partial,
        rows: all(rows, file.rows)?,
        columns: all(columns, file.columns)?,
        column: one(columns, file.column)?,
        whole: one(rows, file.whole)?,
    })
}

fn said(place: &str, lines: &[Line], file: SaidFile) -> Checked<Said> {
    if file.words.iter().any(String::is_empty) || file.words.is_empty() {
        return fault(place, "words are missing");
    }
    let mut or = Vec::new();
    for (ids, severity) in file.or {
        or.push(Instead { lines: lines_of(place, lines, &ids)?, severity });
    }
    let lines = lines_of(place, lines, &file.lines)?;
    Ok(Said { words: file.words, lines, role: file.role, or, number: file.number })
}

/// The lines with these ids; `refused_*` stands for all that begin so.
fn lines_of(place: &str, lines: &[Line], ids: &[String]) -> Checked<Vec<usize>> {
    let mut found = Vec::new();
    for id in ids {
        let before = found.len();
        found.extend((0..lines.len()).filter(|&at| lines[at].is_named(id)));
        if found.len() == before {
            return fault(place, format!("there is no line “{id}”"));
        }
    }
    if found.is_empty() {
        return fault(place, "lines are missing");
    }
    Ok(found)
}

//! From a form file to a [`Form`]: names resolved, addresses made, everything checked. Each fault
//! is told with its place, for the person who edits the file.

use super::definition::{self, Along, HeaderFile, RelationFile, SectionFile, SheetFile, TableFile};
use super::{
    Axis, Cell, Compare, Condition, Form, FormError, Head, HeadPart, Holds, Instance, Line, Notice, Operand, Relation,
    Section, Shape, Sheet, Side, Table, Term, TextRule, Years, charts, indicators, layout,
};

#[path = "claims.rs"]
mod claims;

pub type Checked<T> = Result<T, FormError>;

pub fn fault<T>(place: impl Into<String>, problem: impl Into<String>) -> Checked<T> {
    Err(FormError { place: place.into(), problem: problem.into() })
}

/// Reads a form file, and adds the rules of those rule files that hold for it. An open form is given the
/// shape of one report.
pub fn form(json: &str, rules: &[&str], shape: Option<&Shape>) -> Checked<Form> {
    let mut file = definition::read(json)?;
    check_open(&file)?;
    let own = indicators::Own { relations: file.relations.len(), texts: file.texts.len() };
    let mut severities = Vec::new();
    for rules in rules {
        let rules = definition::read_rules(rules)?;
        if rules.forms.is_empty() || rules.forms.contains(&file.id) {
            file.relations.extend(rules.relations);
            file.claims.extend(rules.claims);
            file.texts.extend(rules.texts);
            severities.extend(rules.severities);
        }
    }
    if file.open {
        indicators::lay(&mut file, shape, own);
    }
    check_id("id", &file.id, "-")?;
    let years = Years { from: file.years.from, to: file.years.to };
    if years.to.is_some_and(|to| to < years.from) {
        return fault("years", format!("“to” lies before “from” ({})", years.from));
    }
    let mut cells = Vec::new();
    let tables = tables(&file.tables, &mut cells)?;
    let sections = sections(&file.sections, &tables)?;
    let mut form = Form {
        id: file.id,
        open: file.open,
        name: file.name,
        title: file.title,
        years,
        notice: Notice { number: file.notice.number, date: file.notice.date, title: file.notice.title },
        superseded: file.superseded,
        replaced_by: file.replaced_by,
        sections,
        tables,
        relations: Vec::new(),
        instances: Vec::new(),
        claims: Vec::new(),
        texts: Vec::new(),
        titles: file.titles,
        severities,
        published: file.published.filter(|_| shape.is_none()),
        indicators: shape.map(|shape| shape.indicators.clone()).unwrap_or_default(),
        charts: Vec::new(),
        same: Vec::new(),
        drawn: Vec::new(),
        touching: vec![Vec::new(); cells.len()],
        cells,
    };
    for (index, relation) in file.relations.into_iter().enumerate() {
        add_relation(&mut form, index, relation)?;
    }
    for (index, claims) in file.claims.into_iter().enumerate() {
        let claims = claims::of(&form, &format!("claims[{index}] ({})", claims.table), claims)?;
        form.claims.push(claims);
    }
    for (index, rule) in file.texts.into_iter().enumerate() {
        if let Some(id) = rule.section.as_ref().filter(|id| form.sections.iter().all(|known| known.id != **id)) {
            return fault(format!("texts[{index}] ({})", rule.code), format!("there is no section “{id}”"));
        }
        form.texts.push(rule);
    }
    check_requirements(&form)?;
    if cfg!(feature = "charts") {
        charts::add(&mut form, file.charts, file.same, shape.is_some())?;
    } else {
        form.drawn = charts::drawn(&form, &file.drawn);
    }
    for (index, instance) in form.instances.iter_mut().enumerate() {
        let law = form.relations[instance.relation].is_law();
        instance.total = Instance::plain_sum(&instance.terms).filter(|_| law);
        for term in &instance.terms {
            if let Operand::Own(cell) = term.operand {
                form.touching[cell.index()].push(index);
            }
        }
        for condition in &instance.conditions {
            if let Operand::Own(cell) = condition.operand
                && form.touching[cell.index()].last() != Some(&index)
            {
                form.touching[cell.index()].push(index);
            }
        }
    }
    Ok(form)
}

/// An open form has one table, written downwards, and no claims: a row that is not known has no words.
fn check_open(file: &definition::FormFile) -> Checked<()> {
    match (file.open, file.tables.as_slice()) {
        (false, _) => Ok(()),
        (true, [table]) if !table.across && file.claims.is_empty() => Ok(()),
        _ => fault("open", "an open form has one table, not laid across, and no claims"),
    }
}

/// Names are lower-case words, so that an address needs no quoting anywhere.
pub fn check_id(place: &str, id: &str, also: &str) -> Checked<()> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || also.contains(c);
    if id.is_empty() || !id.chars().all(allowed) {
        return fault(place, format!("“{id}” is no name: use a–z, 0–9 and _"));
    }
    Ok(())
}

fn tables(files: &[TableFile], cells: &mut Vec<Cell>) -> Checked<Vec<Table>> {
    let mut tables = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let place = format!("tables[{index}] ({})", file.id);
        check_id(&place, &file.id, "")?;
        if files[..index].iter().any(|earlier| earlier.id == file.id) {
            return fault(place, "another table has the same id");
        }
        tables.push(table(&place, index, file, cells)?);
    }
    Ok(tables)
}

fn table(place: &str, index: usize, file: &TableFile, cells: &mut Vec<Cell>) -> Checked<Table> {
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    let row_heads = heads(&format!("{place}.rows"), &file.rows, &[], &mut rows)?;
    let column_heads = heads(&format!("{place}.columns"), &file.columns, &[], &mut columns)?;
    drop_overall_group(&row_heads, &mut rows);
    drop_overall_group(&column_heads, &mut columns);
    imply_groups(&mut rows);
    imply_groups(&mut columns);
    if rows.is_empty() || columns.is_empty() {
        return fault(place, "a table needs at least one row and one column");
    }
    let first_cell = cells.len();
    for (row, of_row) in rows.iter().enumerate() {
        for (column, of_column) in columns.iter().enumerate() {
            let holds: &Holds = of_row.holds.as_ref().or(of_column.holds.as_ref()).unwrap_or(&file.holds);
            let address = format!("{}.{}.{}", file.id, of_row.id, of_column.id);
            cells.push(Cell { table: index, row, column, holds: holds.clone(), address });
        }
    }
    if cells.len() > usize::from(u16::MAX) {
        return fault(place, "a form may have 65535 cells at the most");
    }
    Ok(Table {
        id: file.id.clone(),
        name: file.name.clone(),
        banner: file.banner.clone(),
        corner: file.corner.clone(),
        unit_head: file.unit_head.clone(),
        across: file.across,
        column_heads,
        row_heads,
        columns,
        rows,
        holds: file.holds.clone(),
        first_cell,
    })
}

fn heads(
    place: &str,
    files: &[HeaderFile],
    groups: &[crate::language::Text],
    lines: &mut Vec<Line>,
) -> Checked<Vec<Head>> {
    let mut heads_here = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let place = format!("{place}[{index}] ({})", file.label.zh);
        let part = match (&file.id, file.heads.is_empty()) {
            (Some(id), true) => {
                check_id(&place, id, "")?;
                if lines.iter().any(|line| line.id == *id) {
                    return fault(place, format!("the id “{id}” stands twice, and so would its addresses"));
                }
                let span = file.span.unwrap_or(1);
                if span == 0 {
                    return fault(place, "a head spans at least one grid column");
                }
                lines.push(Line {
                    id: id.clone(),
                    label: file.label.clone(),
                    groups: groups.to_vec(),
                    implied: 0,
                    holds: file.holds.clone(),
                    also: file.also.clone(),
                    level: file.level,
                    short: file.short.clone(),
                });
                HeadPart::Leaf { line: lines.len() - 1, span }
            }
            (None, false) => {
                let inner: Vec<_> = groups.iter().chain([&file.label]).cloned().collect();
                HeadPart::Group(heads(&place, &file.heads, &inner, lines)?)
            }
            _ => return fault(place, "a head has either an “id” (one row or column) or “heads” (a merged head)"),
        };
        heads_here.push(Head { label: file.label.clone(), part });
    }
    Ok(heads_here)
}

/// A head over every line of a table (申请人情况) tells none of them apart: labels do without it.
fn drop_overall_group(heads: &[Head], lines: &mut [Line]) {
    if let [Head { part: HeadPart::Group(_), .. }] = heads {
        for line in lines {
            line.groups.remove(0);
        }
    }
}

/// How many characters a label must have to say something by itself: 其他 has two.
const TELLING: usize = 3;

/// A label that is long enough, and stands once in the table, needs no group before it.
fn imply_groups(lines: &mut [Line]) {
    let labels: Vec<String> = lines.iter().map(|line| line.label.zh.clone()).collect();
    for line in lines {
        let telling = line.label.zh.chars().filter(|c| c.is_alphabetic()).count() >= TELLING;
        let unique = labels.iter().filter(|label| **label == line.label.zh).count() == 1;
        line.implied = if telling && unique { line.groups.len() } else { line.groups.len().saturating_sub(1) };
    }
}

fn sections(files: &[SectionFile], tables: &[Table]) -> Checked<Vec<Section>> {
    let mut printed = vec![false; tables.len()];
    let mut sections = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let place = format!("sections[{index}] ({})", file.id);
        check_id(&place, &file.id, "")?;
        if files[..index].iter().any(|earlier| earlier.id == file.id) {
            return fault(place, "another section has the same id");
        }
        let sheets = file.sheets.iter().enumerate();
        let sheets = sheets
            .map(|(number, sheet_file)| sheet(&format!("{place}.sheets[{number}]"), sheet_file, tables, &mut printed))
            .collect::<Checked<Vec<_>>>()?;
        sections.push(Section {
            id: file.id.clone(),
            number: file.number.clone(),
            heading: file.heading.clone(),
            note: file.note.clone(),
            requires: file.requires.clone(),
            sheets,
        });
    }
    match printed.iter().position(|printed| !printed) {
        Some(index) => fault(format!("tables[{index}] ({})", tables[index].id), "the table stands on no sheet"),
        None => Ok(sections),
    }
}

/// Every text rule that a requirement names is there, for the same section.
fn check_requirements(form: &Form) -> Checked<()> {
    for (index, section) in form.sections.iter().enumerate() {
        for code in section.requires.iter().filter_map(|requirement| requirement.rule.as_ref()) {
            let known = |rule: &TextRule| rule.code == *code && rule.section.as_ref() == Some(&section.id);
            if !form.texts.iter().any(known) {
                let place = format!("sections[{index}] ({}).requires", section.id);
                return fault(place, format!("there is no text rule “{code}” for this section"));
            }
        }
    }
    Ok(())
}

fn sheet(place: &str, file: &SheetFile, tables: &[Table], printed: &mut [bool]) -> Checked<Sheet> {
    let mut stacked = Vec::new();
    for id in &file.tables {
        let Some(index) = tables.iter().position(|table| table.id == *id) else {
            return fault(place, format!("there is no table “{id}”"));
        };
        if std::mem::replace(&mut printed[index], true) {
            return fault(place, format!("the table “{id}” is printed twice"));
        }
        let width = layout::width(&tables[index]);
        if width != file.width {
            let problem = format!(
                "the heads of “{id}” do not tile: they take {width} grid columns, the sheet has {}",
                file.width
            );
            return fault(place, problem);
        }
        stacked.push(index);
    }
    Ok(Sheet { width: file.width, tables: stacked })
}

fn add_relation(form: &mut Form, index: usize, file: RelationFile) -> Checked<()> {
    let place = format!("relations[{index}] ({})", file.rule);
    check_id(&place, &file.rule, ".-")?;
    for wording in file.wording.wordings() {
        check_placeholders(&place, wording)?;
    }
    if file.left.is_empty() || file.right.is_empty() {
        return fault(place, "a relation has terms on both sides");
    }
    let instances = match (&file.table, file.for_each) {
        (None, None) => {
            let whole = Naming { form, place: &place, own: &str::to_owned };
            vec![whole.instance(index, &file, None)?]
        }
        (Some(id), Some(along)) => {
            let Some(table) = form.tables.iter().position(|table| table.id == *id) else {
                return fault(place, format!("there is no table “{id}”"));
            };
            instances_along(form, &place, &file, index, table, along)?
        }
        _ => return fault(place, "“table” and “for_each” go together"),
    };
    form.instances.extend(instances);
    form.relations.push(Relation {
        rule: file.rule,
        code: file.code,
        severity: file.severity,
        compare: file.compare,
        agencies: file.agencies,
        name: file.name,
        basis: file.basis,
        wording: file.wording,
    });
    Ok(())
}

const PLACEHOLDERS: [&str; 6] = ["where", "left", "right", "left_sum", "right_sum", "difference"];

fn check_placeholders(place: &str, wording: &str) -> Checked<()> {
    for part in wording.split('{').skip(1) {
        let name = part.split('}').next().unwrap_or_default();
        if !PLACEHOLDERS.contains(&name) {
            let known = PLACEHOLDERS.join("}, {");
            return fault(place, format!("the wording has {{{name}}}; known are {{{known}}}"));
        }
    }
    Ok(())
}

/// The parts of a term such as `-5*prior:name`: its factor, whether it is last year's, its name.
pub fn parse_term(text: &str) -> (i64, bool, &str) {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (times, rest) = match rest.split_once('*').map(|(times, name)| (times.trim().parse::<i64>(), name)) {
        Some((Ok(times), name)) => (times, name.trim()),
        _ => (1, rest),
    };
    match rest.strip_prefix("prior:") {
        Some(name) => (sign * times, true, name),
        None => (sign * times, false, rest),
    }
}

/// How the names in the terms of a relation become addresses.
struct Naming<'a> {
    form: &'a Form,
    place: &'a str,
    own: &'a dyn Fn(&str) -> String,
}

impl Naming<'_> {
    fn instance(&self, relation: usize, file: &RelationFile, along: Option<(Axis, usize)>) -> Checked<Instance> {
        let left = file.left.iter().map(|term| self.term(Side::Left, term));
        let terms = left.chain(file.right.iter().map(|term| self.term(Side::Right, term))).collect::<Checked<_>>()?;
        let conditions = file.when.iter().map(|condition| self.condition(condition)).collect::<Checked<_>>()?;
        Ok(Instance { total: None, relation, terms, conditions, along })
    }

    fn term(&self, side: Side, text: &str) -> Checked<Term> {
        let (factor, prior, name) = parse_term(text);
        if factor == 0 {
            return fault(self.place, format!("“{text}” multiplies by 0"));
        }
        Ok(Term { side, factor, operand: self.operand(prior, name)? })
    }

    fn operand(&self, prior: bool, name: &str) -> Checked<Operand> {
        if let (false, Ok(number)) = (prior, name.parse()) {
            return Ok(Operand::Fixed(number));
        }
        let address = (self.own)(name);
        match self.form.find(&address) {
            _ if prior => Ok(Operand::Prior(address)),
            Some(cell) => Ok(Operand::Own(cell)),
            None => fault(self.place, format!("there is no cell “{address}”")),
        }
    }

    /// `name >= 10`, `prior:name <= 3`, `name != 0`.
    fn condition(&self, text: &str) -> Checked<Condition> {
        const SIGNS: [(&str, Compare); 3] =
            [(">=", Compare::AtLeast), ("<=", Compare::AtMost), ("!=", Compare::Differ)];
        for (sign, compare) in SIGNS {
            let Some((name, number)) = text.split_once(sign) else { continue };
            let Ok(number) = number.trim().parse() else { break };
            let (_, prior, name) = parse_term(name.trim());
            return Ok(Condition { operand: self.operand(prior, name)?, compare, number });
        }
        fault(self.place, format!("“{text}” is no condition such as “name >= 10” (or <=, !=)"))
    }
}

fn instances_along(
    form: &Form,
    place: &str,
    file: &RelationFile,
    relation: usize,
    table: usize,
    along: Along,
) -> Checked<Vec<Instance>> {
    let table = &form.tables[table];
    let Along::Lines(axis) = along else {
        let cells = table.rows.iter().flat_map(|row| table.columns.iter().map(move |column| (row, column)));
        let wanted = |ids: [&String; 2]| file.only.is_empty() || ids.iter().any(|id| file.only.contains(id));
        let cells = cells.filter(|(row, column)| wanted([&row.id, &column.id]));
        // “.” is the cell itself; any other name is a whole address.
        return cells
            .map(|(row, column)| {
                let here = format!("{}.{}.{}", table.id, row.id, column.id);
                let own = |name: &str| if name == "." { here.clone() } else { name.to_owned() };
                Naming { form, place, own: &own }.instance(relation, file, None)
            })
            .collect();
    };
    let lines = match axis {
        Axis::Row => &table.rows,
        Axis::Column => &table.columns,
    };
    if let Some(unknown) = file.only.iter().find(|id| lines.iter().all(|line| line.id != **id)) {
        return fault(place, format!("“only” names “{unknown}”, which is no line of “{}”", table.id));
    }
    let wanted = lines.iter().enumerate().filter(|(_, line)| file.only.is_empty() || file.only.contains(&line.id));
    wanted
        .map(|(at, line)| {
            let own = |name: &str| match axis {
                _ if name.contains('.') => name.to_owned(),
                Axis::Row => format!("{}.{}.{name}", table.id, line.id),
                Axis::Column => format!("{}.{name}.{}", table.id, line.id),
            };
            Naming { form, place, own: &own }.instance(relation, file, Some((axis, at)))
        })
        .collect()
}

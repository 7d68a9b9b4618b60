//! The numbers before headings and items that a word processor counts by itself: they stand nowhere in the
//! text, so they are counted here.

use std::collections::{HashMap, HashSet};

use super::super::xml::{Element, Space, Xml};
use super::styles::Styles;
use crate::read::numerals;
use crate::report::ReadError;

/// How many levels a list has.
const LEVELS: usize = 9;
/// The longest text around a number that is believed, in characters.
const LONGEST: usize = 64;

/// Which list numbers a paragraph, and on which of its levels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbered {
    pub list: Option<String>,
    pub level: Option<usize>,
}

impl Numbered {
    /// Finds it in the properties of a style, of which the rest is passed over.
    ///
    /// # Errors
    /// Where the part breaks off.
    pub fn in_properties(xml: &mut Xml) -> Result<Numbered, ReadError> {
        let mut numbered = Numbered::default();
        while let Some(child) = xml.child()? {
            match child.name() {
                (Space::Word, "numPr") => numbered = Numbered::read(xml)?,
                _ => xml.skip()?,
            }
        }
        Ok(numbered)
    }

    /// Reads the element that says so.
    ///
    /// # Errors
    /// Where the part breaks off.
    pub fn read(xml: &mut Xml) -> Result<Numbered, ReadError> {
        let mut numbered = Numbered::default();
        while let Some(child) = xml.child()? {
            match child.name() {
                (Space::Word, "numId") => numbered.list = child.attribute("val"),
                (Space::Word, "ilvl") => numbered.level = child.number("val"),
                _ => {}
            }
            xml.skip()?;
        }
        Ok(numbered)
    }
}

/// The lists of a document, and how far each has been counted.
#[derive(Clone, Default)]
pub struct Numbering {
    patterns: HashMap<String, Pattern>,
    lists: HashMap<String, List>,
    counted: HashMap<String, [Option<usize>; LEVELS]>,
    begun: HashSet<String>,
}

/// How the levels of a list are numbered; several lists may go on with one count.
#[derive(Clone, Default)]
struct Pattern {
    levels: [Level; LEVELS],
    /// The style that has the levels in its place.
    in_style: Option<String>,
}

#[derive(Clone, Default)]
struct List {
    pattern: String,
    levels: HashMap<usize, Level>,
    starts: HashMap<usize, usize>,
}

#[derive(Clone, Default)]
struct Level {
    start: usize,
    signs: String,
    /// The text with `%1` for the number of the first level.
    text: String,
    /// The last level, counted from 1, after which it starts anew; 0 where it never does.
    starts_after: Option<usize>,
    /// Whether the numbers of other levels stand in digits.
    in_digits: bool,
    /// Whether nothing stands between number and text.
    joins: bool,
    style: Option<String>,
}

impl Numbering {
    /// Reads the part with the lists; an empty text has none.
    ///
    /// # Errors
    /// Where it is damaged.
    pub fn read(text: &str, styles: &Styles) -> Result<Numbering, ReadError> {
        let mut numbering = Numbering::default();
        let mut xml = Xml::new(text);
        while let Some(element) = xml.element()? {
            match element.name() {
                (Space::Word, "abstractNum") => {
                    let id = element.attribute("abstractNumId").unwrap_or_default();
                    numbering.patterns.insert(id, Pattern::read(&mut xml)?);
                }
                (Space::Word, "num") => {
                    let id = element.attribute("numId").unwrap_or_default();
                    numbering.lists.insert(id, List::read(&mut xml)?);
                }
                _ => {}
            }
        }
        numbering.follow_styles(styles);
        Ok(numbering)
    }

    /// A list whose pattern stands in a style counts with that one's.
    fn follow_styles(&mut self, styles: &Styles) {
        let of_style = |style: &str| {
            let list = styles.numbered(Some(style)).0.list?;
            Some(self.lists.get(&list)?.pattern.clone())
        };
        let followed = |list: &List| of_style(self.patterns.get(&list.pattern)?.in_style.as_deref()?);
        let found: Vec<_> = self.lists.iter().filter_map(|(id, list)| Some((id.clone(), followed(list)?))).collect();
        for (id, pattern) in found {
            if let Some(list) = self.lists.get_mut(&id) {
                list.pattern = pattern;
            }
        }
    }

    /// Counts a paragraph, and gives what stands before it; `None` where that is nothing.
    pub fn count(&mut self, own: &Numbered, style: Option<&str>, styles: &Styles) -> Option<String> {
        let (by_style, said_by) = styles.numbered(style);
        let id = own.list.clone().or(by_style.list)?;
        let list = self.lists.get(&id)?;
        let pattern = self.patterns.get(&list.pattern)?;
        let level_of_style = || {
            let is_it = |level: &Level| level.style.as_deref() == Some(said_by);
            pattern.levels.iter().position(is_it).filter(|_| own.list.is_none())
        };
        let at = own.level.or(by_style.level).or_else(level_of_style).unwrap_or(0);
        let level = |at: usize| list.levels.get(&at).or_else(|| pattern.levels.get(at));
        let current = level(at)?;
        let counted = self.counted.entry(list.pattern.clone()).or_default();
        let anew = self.begun.insert(format!("{id}/{at}")).then(|| list.starts.get(&at)).flatten();
        for (other, number) in counted.iter_mut().enumerate() {
            let start = level(other).map_or(1, |level| level.start);
            *number = match (*number, other) {
                (Some(number), _) if other == at => Some(anew.copied().unwrap_or(number.saturating_add(1))),
                (None, _) if other == at => Some(anew.copied().unwrap_or(start)),
                (number, _) if other < at => number.or(Some(start)),
                (number, _) => {
                    let after = level(other).and_then(|level| level.starts_after).unwrap_or(other);
                    number.filter(|_| at >= after)
                }
            };
        }
        let mut text = String::new();
        let mut rest = current.text.as_str();
        while let Some((before, behind)) = rest.split_once('%') {
            text.push_str(before);
            let digit = behind.chars().next().and_then(|c| c.to_digit(10)).filter(|digit| *digit > 0);
            let Some(other) = digit.and_then(|digit| usize::try_from(digit - 1).ok()) else {
                text.push('%');
                rest = behind;
                continue;
            };
            let number = counted.get(other).copied().flatten().unwrap_or(1);
            let signs = level(other).map_or("decimal", |level| level.signs.as_str());
            text.push_str(&written(number, if current.in_digits { "decimal" } else { signs }));
            rest = &behind[1..];
        }
        text.push_str(rest);
        let text = text.trim();
        let is_bullet = matches!(current.signs.as_str(), "bullet" | "none") && !current.text.contains('%');
        if text.is_empty() || is_bullet {
            return None;
        }
        let joins = current.joins || text.ends_with(['、', '．', '）', '。', '：', '】']);
        Some(if joins { text.to_owned() } else { format!("{text} ") })
    }
}

impl Pattern {
    fn read(xml: &mut Xml) -> Result<Pattern, ReadError> {
        let mut pattern = Pattern::default();
        while let Some(child) = xml.child()? {
            match child.name() {
                (Space::Word, "lvl") => {
                    let at = child.number("ilvl");
                    let level = Level::read(xml)?;
                    if let Some(place) = at.and_then(|at| pattern.levels.get_mut(at)) {
                        *place = level;
                    }
                }
                (Space::Word, "numStyleLink") => {
                    pattern.in_style = child.attribute("val");
                    xml.skip()?;
                }
                _ => xml.skip()?,
            }
        }
        Ok(pattern)
    }
}

impl List {
    fn read(xml: &mut Xml) -> Result<List, ReadError> {
        let mut list = List::default();
        while let Some(child) = xml.child()? {
            match child.name() {
                (Space::Word, "abstractNumId") => {
                    list.pattern = child.attribute("val").unwrap_or_default();
                    xml.skip()?;
                }
                (Space::Word, "lvlOverride") => {
                    let at = child.number("ilvl").unwrap_or(0);
                    list.read_level(at, xml)?;
                }
                _ => xml.skip()?,
            }
        }
        Ok(list)
    }

    fn read_level(&mut self, at: usize, xml: &mut Xml) -> Result<(), ReadError> {
        while let Some(child) = xml.child()? {
            match child.name() {
                (Space::Word, "startOverride") => {
                    self.starts.extend(child.number("val").map(|start| (at, start)));
                    xml.skip()?;
                }
                (Space::Word, "lvl") => drop(self.levels.insert(at, Level::read(xml)?)),
                _ => xml.skip()?,
            }
        }
        Ok(())
    }
}

impl Level {
    fn read(xml: &mut Xml) -> Result<Level, ReadError> {
        let mut level = Level { start: 0, signs: "decimal".to_owned(), ..Level::default() };
        while let Some(child) = xml.child()? {
            let value = || child.attribute("val");
            match child.name() {
                (Space::Word, "start") => level.start = child.number("val").unwrap_or(1),
                (Space::Word, "numFmt") => level.signs = value().unwrap_or_default(),
                (Space::Word, "lvlText") => level.text = value().unwrap_or_default().chars().take(LONGEST).collect(),
                (Space::Word, "lvlRestart") => level.starts_after = child.number("val"),
                (Space::Word, "isLgl") => level.in_digits = child.is_on(),
                (Space::Word, "suff") => level.joins = value().as_deref() == Some("nothing"),
                (Space::Word, "pStyle") => level.style = value(),
                // A number in signs that older programs do not know.
                (Space::Compatibility, "AlternateContent") => {
                    level.signs = signs_in_choice(xml)?.unwrap_or(level.signs);
                    continue;
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(level)
    }
}

fn signs_in_choice(xml: &mut Xml) -> Result<Option<String>, ReadError> {
    let mut signs = None;
    while let Some(child) = xml.child()? {
        let is_choice = matches!(child.name().1, "Choice" | "Fallback");
        if !is_choice {
            xml.skip()?;
            continue;
        }
        while let Some(inner) = xml.child()? {
            if is_format(&inner) {
                signs = inner.attribute("val").filter(|signs| signs != "custom").or(signs);
            }
            xml.skip()?;
        }
    }
    Ok(signs)
}

fn is_format(element: &Element) -> bool {
    element.name() == (Space::Word, "numFmt")
}

/// A number in the signs that a list asks for.
fn written(number: usize, signs: &str) -> String {
    match signs {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => numerals::wide(number),
        "upperLetter" => numerals::letters(number).to_uppercase(),
        "lowerLetter" => numerals::letters(number),
        "upperRoman" => numerals::roman(number).to_uppercase(),
        "lowerRoman" => numerals::roman(number),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => numerals::chinese(number),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => numerals::legal(number),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => numerals::chinese_digits(number),
        "ideographTraditional" => numerals::of("甲乙丙丁戊己庚辛壬癸", number),
        "ideographZodiac" => numerals::of("子丑寅卯辰巳午未申酉戌亥", number),
        "ideographEnclosedCircle" => numerals::sign(number, '㊀', 10),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => numerals::sign(number, '①', 20),
        "decimalEnclosedParen" => numerals::sign(number, '⑴', 20),
        "decimalEnclosedFullstop" => numerals::sign(number, '⒈', 20),
        _ => number.to_string(),
    }
}

//! Which of many reports is last year's report (the prior) of another: the same agency, the year
//! before. Agencies write their names in more than one way, so names are compared in a plain form;
//! where two reports would do, none is taken.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::value::half_width;

/// Endings that an agency writes or leaves out: “某镇人民政府” is “某镇”, “某开发区管委会” is “某开发区”.
const ENDINGS: [&str; 5] = ["人民政府", "政府", "管理委员会", "管委会", "办事处"];
/// How long a name must be, in characters, to be known again as the end of a longer one.
const LEAST: usize = 2;

/// The reports among which priors are looked for. `P` says where one is, such as its path.
#[derive(Debug)]
pub struct Candidates<P> {
    candidates: Vec<Candidate<P>>,
    /// Candidates by year and plain name, its last character first: one name is the end of another
    /// where it is the beginning here.
    by_name: BTreeMap<(i32, String), Vec<usize>>,
}

/// A report that may be the prior of another.
#[derive(Debug)]
pub struct Candidate<P> {
    pub place: P,
    pub agency: String,
}

/// What was found for a report.
#[derive(Debug)]
pub enum Pairing<'a, P> {
    /// No report would do, or the agency or the year is not known.
    Missing,
    Found(&'a Candidate<P>),
    /// More than one would do, in the order in which they were added.
    Several(Vec<&'a Candidate<P>>),
}

impl<P> Default for Candidates<P> {
    fn default() -> Candidates<P> {
        Candidates { candidates: Vec::new(), by_name: BTreeMap::new() }
    }
}

impl<P> Candidates<P> {
    /// Adds a report; says whether it can be paired, which needs a name and a year.
    pub fn add(&mut self, place: P, agency: &str, year: Option<i32>) -> bool {
        let (name, Some(year)) = (reversed(agency), year) else { return false };
        if name.is_empty() {
            return false;
        }
        self.by_name.entry((year, name)).or_default().push(self.candidates.len());
        self.candidates.push(Candidate { place, agency: agency.to_owned() });
        true
    }

    /// The prior of an agency's report for a year: by the whole name, else by one name that ends
    /// with the other, as “湘潭县易俗河镇” does with “易俗河镇”. A name that only begins with the
    /// other is another body: that of a town begins with its county's.
    pub fn prior_of(&self, agency: &str, year: Option<i32>) -> Pairing<'_, P> {
        let (name, Some(prior)) = (reversed(agency), year.and_then(|year| year.checked_sub(1))) else {
            return Pairing::Missing;
        };
        if name.is_empty() {
            return Pairing::Missing;
        }
        let mut found = self.named(prior, &name);
        if found.is_empty() {
            found = [self.shorter(prior, &name), self.longer(prior, &name)].concat();
        }
        found.sort_unstable();
        match found.as_slice() {
            [] => Pairing::Missing,
            [only] => Pairing::Found(&self.candidates[*only]),
            several => Pairing::Several(several.iter().map(|at| &self.candidates[*at]).collect()),
        }
    }

    fn named(&self, year: i32, name: &str) -> Vec<usize> {
        self.by_name.get(&(year, name.to_owned())).cloned().unwrap_or_default()
    }

    /// Those whose name is the end of the one sought.
    fn shorter(&self, year: i32, name: &str) -> Vec<usize> {
        let lengths = name.char_indices().map(|(at, _)| at).skip(LEAST);
        lengths.flat_map(|length| self.named(year, &name[..length])).collect()
    }

    /// Those whose name ends with the one sought.
    fn longer(&self, year: i32, name: &str) -> Vec<usize> {
        if name.chars().count() < LEAST {
            return Vec::new();
        }
        let from = Bound::Excluded((year, name.to_owned()));
        let behind = self.by_name.range((from, Bound::Unbounded));
        let ending = behind.take_while(|((of, known), _)| *of == year && known.starts_with(name));
        ending.flat_map(|(_, found)| found).copied().collect()
    }
}

fn reversed(agency: &str) -> String {
    plain_name(agency).chars().rev().collect()
}

/// An agency's name as it is compared: without spaces, quotation marks and “人民政府” or the like
/// at the end, and in half width where there is one.
pub fn plain_name(agency: &str) -> String {
    let name: String = agency.chars().filter(|c| !is_filler(*c)).map(half_width).collect();
    let short = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    match short {
        Some(short) if !short.is_empty() => short.to_owned(),
        _ => name,
    }
}

/// Whether two plain names may be one body's: they are the same, or one is the end of the other and long enough
/// to say something.
pub fn may_be_one(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    !short.is_empty() && (short == long || long.ends_with(short) && short.chars().count() >= LEAST)
}

fn is_filler(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\u{200b}\u{feff}“”‘’\"'《》〈〉".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(names: &[&'static str]) -> Candidates<usize> {
        let mut candidates = Candidates::default();
        for (place, name) in names.iter().enumerate() {
            candidates.add(place, name, Some(2022));
        }
        candidates
    }

    /// The places of the reports that would do for an agency's report of 2023.
    fn found(agency: &str, names: &[&'static str]) -> Vec<usize> {
        match candidates(names).prior_of(agency, Some(2023)) {
            Pairing::Missing => Vec::new(),
            Pairing::Found(candidate) => vec![candidate.place],
            Pairing::Several(several) => several.iter().map(|candidate| candidate.place).collect(),
        }
    }

    #[test]
    fn names_are_compared_without_what_is_written_or_left_out() {
        for name in ["湘潭县易俗河镇", "湘潭县易俗河镇人民政府", "湘潭县 易俗河镇\u{3000}政府", "“湘潭县易俗河镇”"]
        {
            assert_eq!(plain_name(name), "湘潭县易俗河镇", "{name}");
        }
        assert_eq!(plain_name("某局（本级）"), "某局(本级)");
        assert_eq!((plain_name("某开发区管委会"), plain_name("某街道办事处")), ("某开发区".into(), "某街道".into()));
        assert_eq!(plain_name("人民政府"), "人民政府");
        assert_eq!(plain_name(" \u{3000}"), "");
        assert_eq!(plain_name("某县人民政府办公室"), "某县人民政府办公室");
    }

    #[test]
    fn the_same_name_pairs_before_a_part_of_it() {
        assert_eq!(found("某镇人民政府", &["某县某镇", "某镇", "某县"]), [1]);
        assert_eq!(found("某县某镇", &["某镇", "某县 某镇政府"]), [1]);
    }

    #[test]
    fn one_name_may_be_the_end_of_the_other() {
        assert_eq!(found("易俗河镇", &["湘潭县易俗河镇人民政府", "湘潭县中路铺镇人民政府"]), [0]);
        assert_eq!(found("湘潭县易俗河镇人民政府", &["易俗河镇", "中路铺镇"]), [0]);
        assert_eq!(found("湖南省湘潭县易俗河镇", &["镇"]), [0; 0]);
        assert_eq!(found("镇", &["易俗河镇"]), [0; 0]);
    }

    #[test]
    fn a_county_is_not_its_town() {
        assert_eq!(found("湘潭县人民政府", &["湘潭县易俗河镇人民政府"]), [0; 0]);
        assert_eq!(found("湘潭县易俗河镇人民政府", &["湘潭县人民政府"]), [0; 0]);
    }

    #[test]
    fn of_two_none_is_taken() {
        assert_eq!(found("城关镇", &["甲县城关镇", "丙镇", "乙县城关镇"]), [0, 2]);
        assert_eq!(found("甲县城关镇", &["城关镇", "某市甲县城关镇"]), [0, 1]);
        assert_eq!(found("城关镇", &["城关镇政府", "城关镇人民政府"]), [0, 1]);
    }

    #[test]
    fn name_and_year_must_be_known() {
        let mut candidates = candidates(&["某镇"]);
        assert!(!candidates.add(1, "某镇", None) && !candidates.add(2, "", Some(2022)));
        let missing = |agency, year| matches!(candidates.prior_of(agency, year), Pairing::Missing);
        assert!(missing("某镇", None) && missing("", Some(2023)) && missing("某镇", Some(2022)));
        assert!(missing("某镇", Some(2024)) && missing("某镇", Some(i32::MIN)) && !missing("某镇", Some(2023)));
    }
}

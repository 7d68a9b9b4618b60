//! From clauses to claims: which words belong to which number, and whose figures it is about.

use rust_decimal::Decimal;

use super::lexicon::{self, Function};
use super::passage::{Passage, Place};
use super::token::{self, Kind, Meaning, Quantity, Token, Words};
use super::{Claim, Growth, MOST_CLAIMS, OddSum, Reading, Said, Share};
use crate::form::{Claims, Role};
use crate::report::Report;

/// Reads one text.
pub fn read(section: &str, text: &str, words: &Words, report: &Report, said: &mut Said) {
    let passage = Passage::of(text);
    let tokens = token::tokens(&passage, words);
    let mut paragraph = vec![false; words.form.claims.len()];
    for sentence in tokens.split_inclusive(|token| token.kind == Kind::Stop) {
        if said.claims.len() >= MOST_CLAIMS || said.odd_sums.len() >= MOST_CLAIMS {
            return;
        }
        let mut reader = Reader { section, passage: &passage, words, report, about: paragraph, said: &mut *said };
        reader.follow_subject(sentence);
        reader.sentence(sentence);
        paragraph = reader.about;
        if sentence.last().is_some_and(|stop| passage.chars[stop.start] == '\n') {
            paragraph.fill(false);
        }
    }
}

fn meanings(token: &Token) -> Option<&Vec<Meaning>> {
    match &token.kind {
        Kind::Word(meanings) => Some(meanings),
        _ => None,
    }
}

/// A number of something; one without a measure, such as 4. before a heading, counts nothing.
fn number(token: &Token) -> Option<Quantity> {
    match token.kind {
        Kind::Number(quantity) if quantity.unit.is_some() => Some(quantity),
        _ => None,
    }
}

/// What is carried from clause to clause of a sentence.
#[derive(Clone, Default)]
struct State {
    /// The figures are of another year, or of a part of the year.
    other_time: bool,
    /// They are another body's.
    other_body: bool,
    /// The table and the rows that were spoken of last: what 其中 takes apart.
    context: Option<(usize, Vec<Rows>)>,
    /// The claim that a share or a change belongs to, as a place in the list.
    last: Option<usize>,
    /// A claim was made before in this sentence that named what is counted.
    likely: bool,
    /// Where the claims of this sentence begin in the list.
    first: usize,
}

/// Rows whose sum is meant.
#[derive(Clone, PartialEq)]
struct Rows {
    lines: Vec<usize>,
    severity: Option<crate::form::Severity>,
}

/// A row or column word in a clause: the token and its place in the form's list.
#[derive(Clone, Copy)]
struct Found {
    token: usize,
    said: usize,
}

struct Reader<'a> {
    section: &'a str,
    passage: &'a Passage,
    words: &'a Words<'a>,
    report: &'a Report,
    about: Vec<bool>,
    said: &'a mut Said,
}

impl Reader<'_> {
    /// Takes note of which tables a sentence is about; the rest of its paragraph is about them too.
    fn follow_subject(&mut self, sentence: &[Token]) {
        let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { return };
        let text = self.text(first.start, last.end);
        for (about, claims) in self.about.iter_mut().zip(&self.words.form.claims) {
            *about |= claims.about.iter().any(|word| text.contains(word.as_str()));
        }
    }

    fn sentence(&mut self, sentence: &[Token]) {
        let first = self.said.claims.len();
        let mut state = State { first, ..State::default() };
        let mut clause: Vec<Token> = Vec::new();
        let mut outside: Vec<(Vec<Token>, State)> = Vec::new();
        for token in sentence {
            match token.kind {
                Kind::Mark('、') if !clause.iter().any(|token| number(token).is_some()) => clause.push(token.clone()),
                Kind::Mark(_) | Kind::Stop => self.end(&mut clause, &mut state),
                Kind::Open => {
                    if clause.iter().any(|token| number(token).is_some()) {
                        self.end(&mut clause, &mut state);
                    }
                    outside.push((std::mem::take(&mut clause), state.clone()));
                }
                Kind::Close => {
                    self.end(&mut clause, &mut state);
                    if let Some((before, state_before)) = outside.pop() {
                        (clause, state) = (before, state_before);
                    }
                }
                _ => clause.push(token.clone()),
            }
        }
        self.end(&mut clause, &mut state);
        self.note_odd_sums(sentence);
        self.note_told_apart(first);
    }

    fn keep(&mut self, claim: Claim) {
        if self.said.claims.len() < MOST_CLAIMS {
            self.said.claims.push(claim);
        }
    }

    /// Reads a clause and begins the next.
    fn end(&mut self, clause: &mut Vec<Token>, state: &mut State) {
        if !clause.is_empty() {
            self.clause(clause, state);
            clause.clear();
        }
    }

    fn clause(&mut self, clause: &[Token], state: &mut State) {
        self.follow_time(clause, state);
        self.follow_body(clause, state);
        let numbers: Vec<usize> = (0..clause.len()).filter(|&at| number(&clause[at]).is_some()).collect();
        if !state.other_time && !state.other_body {
            self.stated_by_words(clause);
            if numbers.is_empty() {
                self.nothing_of_it(clause);
            }
        }
        let mut from = 0;
        for (nth, &at) in numbers.iter().enumerate() {
            let until = numbers.get(nth + 1).copied().unwrap_or(clause.len());
            from = self.number(clause, (from, at, until), state);
        }
        self.no_change(clause, state);
    }

    fn follow_time(&self, clause: &[Token], state: &mut State) {
        let (mut this, mut other) = (false, false);
        for token in clause {
            match token.kind {
                Kind::Year(year) if Some(year) == self.report.year => this = true,
                Kind::Year(_) | Kind::Function(Function::OtherTime) => other = true,
                Kind::Function(Function::ThisYear) => this = true,
                Kind::Number(Quantity { unit: Some('月'), value, .. }) => {
                    other |= value != Decimal::ONE && value != Decimal::from(12);
                }
                _ => {}
            }
        }
        if this || other {
            state.other_time = other;
        }
    }

    /// Takes note of the body that a clause names before it says what was done.
    fn follow_body(&self, clause: &[Token], state: &mut State) {
        let says = |token: &Token| number(token).is_some() || meanings(token).is_some();
        let before = clause.iter().take_while(|token| !says(token)).filter(|token| token.kind == Kind::Other);
        for token in before {
            let name: String = self.passage.chars[token.start..token.end].iter().collect();
            if let Some(own) = is_own(&name, &self.report.agency) {
                state.other_body = !own;
            }
        }
    }

    fn claims(&self, table: usize) -> &Claims {
        &self.words.form.claims[table]
    }

    /// The row words of one table in a stretch of a clause, or its column words.
    fn found(&self, clause: &[Token], (from, until): (usize, usize), table: usize, rows: bool) -> Vec<Found> {
        let of = |meaning: &Meaning| match *meaning {
            Meaning::Row(known, said) if rows && known == table => Some(said),
            Meaning::Column(known, said) if !rows && known == table => Some(said),
            _ => None,
        };
        let in_token = |token: usize| meanings(&clause[token])?.iter().find_map(of).map(|said| Found { token, said });
        (from..until).filter_map(in_token).collect()
    }

    /// The table that a stretch of a clause is about: the one of its last row word, or of its last
    /// column word where it goes on with what was spoken of.
    fn table(&self, clause: &[Token], (from, until): (usize, usize), state: &State) -> Option<usize> {
        let stretch = clause[from..until].iter().rev().filter_map(meanings).flatten();
        let row = |meaning: &Meaning| match *meaning {
            Meaning::Row(table, said) if self.claims(table).rows[said].number.is_none() => Some(table),
            _ => None,
        };
        let column = |meaning: &Meaning| match *meaning {
            Meaning::Column(table, _) if state.context.as_ref().is_some_and(|(known, _)| *known == table) => {
                Some(table)
            }
            _ => None,
        };
        stretch.clone().find_map(row).or_else(|| stretch.clone().find_map(column))
    }

    /// Reads one number of a clause with the words before it, or else behind it; gives back where
    /// the words of the next number begin.
    fn number(&mut self, clause: &[Token], (from, at, until): (usize, usize, usize), state: &mut State) -> usize {
        let Some(quantity) = number(&clause[at]) else { return at + 1 };
        let against = clause[from..at].iter().any(|token| token.kind == Kind::Function(Function::Against));
        if against {
            self.growth(clause, at, quantity, state);
            return at + 1;
        }
        if quantity.unit == Some('%') {
            self.share(clause, (from, at), quantity, state);
            return at + 1;
        }
        let before = self.table(clause, (from, at), state).map(|table| (table, (from, at)));
        let behind = || self.table(clause, (at + 1, until), state).map(|table| (table, (at + 1, until)));
        let Some((table, stretch)) = before.or_else(behind) else { return at + 1 };
        let behind = stretch.0 > at;
        let mut made = self.stated(clause, table, stretch, at, state);
        made.retain(|claim| !self.is_part_of_another(claim, state));
        if !state.other_time && !state.other_body && !made.is_empty() {
            state.last = Some(self.said.claims.len());
            made.into_iter().for_each(|claim| self.keep(claim));
        } else {
            state.last = None;
        }
        if behind { until } else { at + 1 }
    }

    /// Whether the sentence said the same of a larger number before: 收到81件，其中网上收到60件.
    fn is_part_of_another(&self, claim: &Claim, state: &State) -> bool {
        let before = self.said.claims.get(state.first..).unwrap_or_default();
        before.iter().any(|known| known.readings == claim.readings && claim.number < known.number)
    }

    /// Whether what is counted stands before the number, or nothing else behind it: 收到12件来信 counts letters.
    fn counts_this(&self, clause: &[Token], at: usize, between: &str, table: usize) -> bool {
        let named = self.claims(table).objects.iter().any(|object| between.contains(object.as_str()));
        let own = |meaning: &Meaning| matches!(*meaning, Meaning::Row(of, _) | Meaning::Column(of, _) if of == table);
        let ends = |token: &Token| number(token).is_some() || meanings(token).is_some_and(|all| all.iter().any(own));
        let next = clause[at + 1..].iter().position(ends).map_or(clause.len(), |next| at + 1 + next);
        named || self.is_filling(&self.between(clause, at, next), table)
    }

    /// Whether words before the first one of a row make its number a part of the row's.
    fn is_partial(&self, clause: &[Token], from: usize, rows: &[Found], table: usize) -> bool {
        let Some(first) = rows.iter().map(|found| found.token).min().filter(|first| *first > from) else {
            return false;
        };
        let before = self.text(clause[from].start, clause[first].start);
        self.claims(table).partial.iter().any(|word| before.contains(word.as_str()))
    }

    /// What a number states by the words of a stretch; several claims where several things were
    /// done with the same number of them.
    fn stated(
        &self,
        clause: &[Token],
        table: usize,
        stretch: (usize, usize),
        at: usize,
        state: &mut State,
    ) -> Vec<Claim> {
        let claims = self.claims(table);
        let quantity = number(&clause[at]);
        let fits = |quantity: &Quantity| {
            quantity.exact && quantity.unit.is_some_and(|unit| claims.units.iter().any(|known| known.starts_with(unit)))
        };
        let Some(quantity) = quantity.filter(fits) else { return Vec::new() };
        let mut rows = self.found(clause, stretch, table, true);
        rows.retain(|found| claims.rows[found.said].number.is_none());
        let columns = self.found(clause, stretch, table, false);
        let behind = stretch.0 > at;
        let told = rows.iter().chain(&columns).map(|found| found.token);
        let nearest = if behind { told.clone().min() } else { told.clone().max() };
        let Some(nearest) = nearest else { return Vec::new() };
        let between = self.between(clause, nearest.min(at), nearest.max(at));
        let first = told.chain([at]).min().unwrap_or(at);
        let denied = clause[stretch.0.min(first)..at.max(nearest)].iter().any(is_not);
        let counted = !behind || state.context.is_some() || self.has_object(clause, table);
        // Without a word on what the paragraph is about, 申请 alone may be another kind of request.
        let certain = self.about[table];
        let acts = claims.rows.iter().any(|said| said.role == Role::Act);
        let likely = certain || acts && (state.likely || self.has_object(clause, table));
        let counts_this = behind || self.counts_this(clause, at, &between, table);
        let partial = !behind && self.is_partial(clause, stretch.0, &rows, table);
        if denied || partial || !counts_this || !counted || !likely || !self.is_filling(&between, table) {
            return Vec::new();
        }
        let Some(columns) = self.columns(table, &columns) else { return Vec::new() };
        let meant = self.rows(clause, table, &rows, state);
        state.likely |= !meant.is_empty();
        if !rows.is_empty() && !meant.is_empty() {
            state.context = Some((table, meant.iter().flatten().cloned().collect()));
        }
        let last = rows.iter().map(|found| found.token).chain([at, nearest]).max().unwrap_or(at);
        let place = self.place(clause[first].start, clause[last].end);
        let claim = |rows: &Vec<Rows>| self.claim(table, place.clone(), quantity.value, rows, &columns);
        let digits = Some(self.digits(&clause[at], quantity));
        meant.iter().map(|rows| Claim { certain, digits: digits.clone(), ..claim(rows) }).collect()
    }

    fn claim(&self, table: usize, place: Place, number: Decimal, rows: &[Rows], columns: &[usize]) -> Claim {
        let reading =
            |rows: &Rows| Reading { rows: rows.lines.clone(), columns: columns.to_vec(), severity: rows.severity };
        Claim {
            place,
            digits: None,
            table: self.claims(table).table,
            number,
            readings: rows.iter().map(reading).collect(),
            share: None,
            growth: None,
            told_apart: false,
            certain: true,
        }
    }

    /// The rows that words mean: parts add up; of several things that were done, each is meant
    /// where they stand together (受理并办结), else the last; what is carried over stands alone.
    fn rows(&self, clause: &[Token], table: usize, found: &[Found], state: &State) -> Vec<Vec<Rows>> {
        let claims = self.claims(table);
        let role = |found: &&Found| claims.rows[found.said].role;
        if found.is_empty() {
            return state.context.iter().filter(|(known, _)| *known == table).map(|(_, rows)| rows.clone()).collect();
        }
        if let Some(flow) = found.iter().position(|found| role(&found) == Role::Flow) {
            return if flow == 0 { vec![self.meaning(table, found[0].said)] } else { Vec::new() };
        }
        let parts: Vec<&Found> = found.iter().filter(|found| role(found) == Role::Part).collect();
        match parts.as_slice() {
            [] => {}
            [one] => return vec![self.meaning(table, one.said)],
            several => {
                let lines = union(several.iter().flat_map(|found| &claims.rows[found.said].lines));
                return vec![vec![Rows { lines, severity: None }]];
            }
        }
        let joined = |pair: &[Found]| {
            let between = self.text(clause[pair[0].token].end, clause[pair[1].token].start);
            between.chars().all(|c| "并和及与且已、".contains(c))
        };
        if found.windows(2).all(joined) {
            return found.iter().map(|found| self.meaning(table, found.said)).collect();
        }
        found.last().map(|last| self.meaning(table, last.said)).into_iter().collect()
    }

    fn meaning(&self, table: usize, said: usize) -> Vec<Rows> {
        let said = &self.claims(table).rows[said];
        let or = said.or.iter().map(|or| Rows { lines: or.lines.clone(), severity: or.severity });
        [Rows { lines: said.lines.clone(), severity: None }].into_iter().chain(or).collect()
    }

    fn columns(&self, table: usize, found: &[Found]) -> Option<Vec<usize>> {
        let claims = self.claims(table);
        if found.is_empty() {
            return claims.column.map(|column| vec![column]);
        }
        Some(union(found.iter().flat_map(|found| &claims.columns[found.said].lines)))
    }

    /// Words that state a number by themselves: 全部办结.
    fn stated_by_words(&mut self, clause: &[Token]) {
        for table in 0..self.words.form.claims.len() {
            for found in self.found(clause, (0, clause.len()), table, true) {
                let Some(stated) = self.claims(table).rows[found.said].number else { continue };
                let before = &clause[..found.token];
                // 其中5件均已答复 says nothing of all.
                let of_some = before.iter().any(|token| number(token).is_some()) && !self.has_act(before, table);
                if !self.about[table] || of_some || before.iter().any(is_not) {
                    continue;
                }
                let Some(columns) = self.columns(table, &[]) else { continue };
                let place = self.place(clause[found.token].start, clause[found.token].end);
                let rows = self.meaning(table, found.said);
                let claim = self.claim(table, place, stated.into(), &rows, &columns);
                self.keep(claim);
            }
        }
    }

    fn has_act(&self, clause: &[Token], table: usize) -> bool {
        let rows = &self.claims(table).rows;
        self.found(clause, (0, clause.len()), table, true).iter().any(|found| rows[found.said].role == Role::Act)
    }

    /// 未收到…申请, 未发生…行政复议: nothing of it.
    fn nothing_of_it(&mut self, clause: &[Token]) {
        let Some(not) = clause.iter().position(is_not) else { return };
        let stretch = (not + 1, clause.len());
        let Some(table) = self.table(clause, stretch, &State::default()) else { return };
        let rows = self.found(clause, stretch, table, true);
        let columns = self.found(clause, stretch, table, false);
        let Some(first) = rows.first() else { return };
        let between = self.text(clause[not].end, clause[first.token].start);
        let near =
            between.chars().count() <= 6 || self.claims(table).about.iter().any(|word| between.contains(word.as_str()));
        if !near || !self.about[table] || !self.has_object(&clause[not..], table) {
            return;
        }
        let Some(columns) = self.columns(table, &columns) else { return };
        let meant = self.rows(clause, table, &rows, &State::default());
        let Some(rows) = meant.first().and_then(|rows| rows.first()) else { return };
        let place = self.place(clause[not].start, clause[clause.len() - 1].end);
        let claim = self.claim(table, place, Decimal::ZERO, std::slice::from_ref(rows), &columns);
        self.keep(claim);
    }

    /// 占51.85%, behind a number of the same sentence.
    fn share(&mut self, clause: &[Token], (from, at): (usize, usize), quantity: Quantity, state: &State) {
        let Some(claim) = state.last.and_then(|last| self.said.claims.get_mut(last)) else { return };
        let words: String = self.passage.chars[clause[from].start..clause[at].start].iter().collect();
        let plain = words.chars().all(|c| "占总数比例为的办结件申请量理果全部约、".contains(c));
        if plain && quantity.exact && claim.share.is_none() {
            let place = |end| self.passage.place(self.section, clause[at].start, end);
            let (place, digits) = (place(clause[at].end), place(clause[at].start + quantity.length));
            claim.share = Some(Share { place, digits, percent: quantity.value });
        }
    }

    /// 同比增长70.3%, 较上年减少5件.
    fn growth(&mut self, clause: &[Token], at: usize, quantity: Quantity, state: &State) {
        let up = clause[..at].iter().any(|token| token.kind == Kind::Function(Function::Up));
        let down = clause[..at].iter().any(|token| token.kind == Kind::Function(Function::Down));
        if up == down || !quantity.exact {
            return;
        }
        let by = if up { quantity.value } else { -quantity.value };
        self.set_growth(clause, at, by, quantity.unit == Some('%'), state);
    }

    /// 与上年持平.
    fn no_change(&mut self, clause: &[Token], state: &State) {
        let against = clause.iter().any(|token| token.kind == Kind::Function(Function::Against));
        let same = clause.iter().position(|token| token.kind == Kind::Function(Function::Same));
        if let Some(at) = same.filter(|_| against) {
            self.set_growth(clause, at, Decimal::ZERO, true, state);
        }
    }

    fn set_growth(&mut self, clause: &[Token], at: usize, by: Decimal, percent: bool, state: &State) {
        let Some(last) = state.last else { return };
        let start = clause.iter().position(|token| token.kind == Kind::Function(Function::Against)).unwrap_or(0);
        // 访问量同比增长 is about something else.
        let subject = self.text(clause[0].start, clause[start].start);
        let own = clause[..start].iter().any(|token| number(token).is_some()) || self.is_filling_anywhere(&subject);
        let place = self.place(clause[start].start, clause[at].end);
        if let Some(claim) = self.said.claims.get_mut(last).filter(|claim| own && claim.growth.is_none()) {
            claim.growth = Some(Growth { place, by, percent });
        }
    }

    /// Marks the claims of a sentence that names a part of what they may else mean: 收到26件，其中上年结转2件.
    fn note_told_apart(&mut self, first: usize) {
        let claims = &mut self.said.claims[first..];
        let named: Vec<(usize, Vec<usize>)> =
            claims.iter().map(|claim| (claim.table, claim.readings[0].rows.clone())).collect();
        for claim in claims {
            let part = |(table, rows): &(usize, Vec<usize>)| {
                let other = *table == claim.table && *rows != claim.readings[0].rows;
                let within = |or: &Reading| rows.iter().all(|row| or.rows.contains(row));
                other && claim.readings[1..].iter().any(within)
            };
            claim.told_apart = named.iter().any(part);
        }
    }

    /// 306条，其中：11条、36条…, whose parts are one or two short of the total.
    fn note_odd_sums(&mut self, sentence: &[Token]) {
        for (at, token) in sentence.iter().enumerate() {
            let Some(total) = number(token).filter(|total| total.exact && total.unit != Some('%')) else {
                continue;
            };
            let Some(parts) = parts(sentence, at, total) else { continue };
            if let Some(parts) = odd(total.value, parts) {
                let end = sentence.last().map_or(token.end, |last| last.start.max(token.end));
                let place = self.place(token.start, end);
                self.said.odd_sums.push(OddSum { place, total: total.value, parts });
            }
        }
    }

    fn text(&self, start: usize, end: usize) -> String {
        self.passage.chars[start.min(end)..end].iter().collect()
    }

    /// What stands between two tokens of a clause, without what stood there in parentheses.
    fn between(&self, clause: &[Token], from: usize, until: usize) -> String {
        clause[from + 1..until].iter().map(|token| self.text(token.start, token.end)).collect()
    }

    fn place(&self, start: usize, end: usize) -> Place {
        self.passage.place(self.section, start, end)
    }

    /// Where a number stands without its measure.
    fn digits(&self, token: &Token, quantity: Quantity) -> Place {
        self.place(token.start, token.start + quantity.length)
    }

    fn has_object(&self, clause: &[Token], table: usize) -> bool {
        let (Some(first), Some(last)) = (clause.first(), clause.last()) else { return false };
        let text = without(self.text(first.start, last.end), &self.claims(table).ignore);
        self.claims(table).objects.iter().any(|object| text.contains(object.as_str()))
    }

    /// Whether what stands between a word and its number changes nothing: fillings, and what is
    /// counted; more only where it says what the table is about.
    fn is_filling(&self, between: &str, table: usize) -> bool {
        let claims = self.claims(table);
        let text = without(between.to_owned(), &claims.ignore);
        let object = claims.objects.iter().any(|object| text.contains(object.as_str()));
        let about = claims.about.iter().any(|word| text.contains(word.as_str()));
        if object && about {
            return text.chars().count() <= 40;
        }
        let rest = without(text, &claims.objects);
        rest.chars().all(|c| lexicon::FILLING.contains(c))
    }

    fn is_filling_anywhere(&self, text: &str) -> bool {
        (0..self.words.form.claims.len()).any(|table| self.is_filling(text, table))
    }
}

/// Lines, each once.
fn union<'a>(lines: impl Iterator<Item = &'a usize>) -> Vec<usize> {
    let mut union = Vec::new();
    for line in lines {
        if !union.contains(line) {
            union.push(*line);
        }
    }
    union
}

fn is_not(token: &Token) -> bool {
    token.kind == Kind::Function(Function::Not)
}

fn without(text: String, words: &[String]) -> String {
    words.iter().fold(text, |text, word| text.replace(word.as_str(), ""))
}

/// How many parts a total has at the most.
const MOST_PARTS: usize = 60;

/// The numbers of the same measure that follow a total behind 其中 or in parentheses.
fn parts(sentence: &[Token], at: usize, total: Quantity) -> Option<Vec<Decimal>> {
    let mut rest = sentence[at + 1..].iter().enumerate();
    let (start, opened) = rest.by_ref().take(3).find_map(|(place, token)| match token.kind {
        Kind::Function(Function::Of) => Some((place, false)),
        Kind::Open => Some((place, true)),
        _ => None,
    })?;
    let mut depth = i32::from(opened);
    let outer = depth;
    let mut parts = Vec::new();
    for token in sentence[at + 2 + start..].iter().take(MOST_PARTS * 8) {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth -= 1,
            Kind::Number(part) if depth == outer && part.unit == total.unit => {
                if !part.exact || parts.len() == MOST_PARTS {
                    return None;
                }
                parts.push(part.value);
            }
            _ => {}
        }
        if opened && depth == 0 {
            break;
        }
    }
    Some(parts)
}

/// The parts where they nearly, but not quite, add up to the total. Others may be no parts at all.
fn odd(total: Decimal, parts: Vec<Decimal>) -> Option<Vec<Decimal>> {
    if parts.len() < 3 {
        return None;
    }
    let mut sum = Decimal::ZERO;
    for part in &parts {
        sum = sum.checked_add(*part)?;
        if sum == total {
            return None;
        }
    }
    let difference = sum.checked_sub(total)?.abs();
    let near = difference <= Decimal::TWO || difference.checked_mul(Decimal::ONE_HUNDRED)? <= total;
    near.then_some(parts)
}

/// Whose figures a clause is about, by what stands before its verb: `None` where it names nobody.
fn is_own(name: &str, agency: &str) -> Option<bool> {
    let mut name = name.trim_end_matches("的");
    while let Some(shorter) = lexicon::ADVERBS.iter().find_map(|adverb| name.strip_suffix(adverb)) {
        name = shorter;
    }
    if lexicon::PARTS.iter().any(|word| name.contains(word)) {
        return Some(false);
    }
    let is_body = lexicon::BODIES.iter().any(|end| name.ends_with(end));
    if !is_body {
        return None;
    }
    let chars: Vec<char> = name.chars().collect();
    let own = |at: usize| {
        let safe = at > 0 && chars[at] == '全' && "安健完齐".contains(chars[at - 1]);
        lexicon::OWN.contains(&chars[at]) && !safe
    };
    if (0..chars.len()).any(own) {
        return Some(true);
    }
    if lexicon::OTHERS.iter().any(|word| name.contains(word)) {
        return Some(false);
    }
    let agency = agency.replace("人民政府", "政府");
    let ending = |length: usize| chars[chars.len().saturating_sub(length)..].iter().collect::<String>();
    let known = (2..=chars.len().min(12)).any(|length| agency.contains(&ending(length)));
    Some(agency.is_empty() || known)
}

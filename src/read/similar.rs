//! How alike two folded labels are.

/// What is less alike is not alike at all.
const LEAST: f32 = 0.4;

/// A folded text that is compared with many labels.
pub struct Compared<'t> {
    text: &'t [char],
    letters: Letters,
}

impl<'t> Compared<'t> {
    pub fn new(text: &'t [char]) -> Compared<'t> {
        Compared { text, letters: Letters::of(text) }
    }

    /// How alike a label is, from 0 to 1: 1 for the same, high for a label with its group before it or for a piece of
    /// it, else the share of characters that both have in the same order.
    pub fn similarity(&self, label: &[char]) -> f32 {
        let observed = self.text;
        if observed == label {
            return 1.0;
        }
        if observed.is_empty() || label.is_empty() {
            return 0.0;
        }
        // Most labels have next to nothing in common with a text, which the letters alone tell.
        let shared = self.letters.count_in(label);
        if label.len() >= 4 && shared == label.len() && observed.ends_with(label) {
            return 0.95;
        }
        let lengths = (observed.len() + label.len()) as f32;
        let share = |common: usize| 2.0 * common as f32 / lengths;
        let may_be_piece = observed.len() >= 4 && shared >= observed.len();
        if !may_be_piece && share(shared.min(observed.len())) < LEAST {
            return 0.0;
        }
        let common = common(observed, label);
        let may_be_piece = may_be_piece && common == observed.len();
        if !may_be_piece && share(common) < LEAST {
            return 0.0;
        }
        let in_order = in_order(observed, label);
        let mut best = 0.0;
        if may_be_piece && in_order == observed.len() {
            if contains(label, observed) {
                best = 0.6 + 0.3 * observed.len() as f32 / label.len() as f32;
            } else if observed.len() >= 5 {
                // An abbreviation: every character stands in the label, in order.
                best = 0.6 + 0.2 * observed.len() as f32 / label.len() as f32;
            }
        }
        best.max(share(in_order))
    }
}

/// Which characters a text has, as far as 256 bits tell.
struct Letters([u64; 4]);

impl Letters {
    fn of(text: &[char]) -> Letters {
        let mut letters = [0; 4];
        for c in text {
            letters[*c as usize >> 6 & 3] |= 1 << (*c as u32 & 63);
        }
        Letters(letters)
    }

    /// At most how many characters of another text are among them: never less than both have in the same order.
    fn count_in(&self, other: &[char]) -> usize {
        let has = |c: char| self.0[c as usize >> 6 & 3] >> (c as u32 & 63) & 1 == 1;
        other.iter().filter(|c| has(**c)).count()
    }
}

/// How alike a text and a label are: see [`Compared::similarity`].
pub fn similarity(observed: &[char], label: &[char]) -> f32 {
    Compared::new(observed).similarity(label)
}

/// The share of the observed characters that stand in the label, in order.
pub fn share_within(observed: &[char], label: &[char]) -> f32 {
    if observed.is_empty() || common(observed, label) * 4 < observed.len() * 3 {
        return 0.0;
    }
    in_order(observed, label) as f32 / observed.len() as f32
}

fn contains(whole: &[char], part: &[char]) -> bool {
    whole.windows(part.len()).any(|window| window == part)
}

/// At most how many characters both have, in any order: never less than those in the same order.
fn common(a: &[char], b: &[char]) -> usize {
    let bucket = |c: char| c as usize & 255;
    let mut counts = [0u16; 256];
    for c in a {
        counts[bucket(*c)] = counts[bucket(*c)].saturating_add(1);
    }
    let found = b.iter().filter(|c| {
        let count = &mut counts[bucket(**c)];
        let left = *count > 0;
        *count = count.saturating_sub(1);
        left
    });
    found.count()
}

/// The length of the longest common subsequence.
fn in_order(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0usize; b.len()];
    for x in a {
        let (mut before, mut left) = (0, 0);
        for (length, y) in row.iter_mut().zip(b) {
            let above = *length;
            left = if x == y { before + 1 } else { above.max(left) };
            (*length, before) = (left, above);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(observed: &str, label: &str) -> f32 {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        similarity(&chars(observed), &chars(label))
    }

    #[test]
    fn damage_lowers_the_fit_and_another_label_has_none() {
        assert_eq!(fit("行政许可", "行政许可"), 1.0);
        assert!(fit("三不予公开1属于国家秘密", "1属于国家秘密") > 0.9);
        assert!(fit("2其他法律行政止公开", "2其他法律行政法规禁止公开") > 0.8);
        assert!(fit("要求缴纳费用行政机关", "2申请人逾期未按收费通知要求缴纳费用行政机关不再处理") > 0.6);
        assert!(fit("1逾期不补正", "1申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请") >= 0.6);
        assert!(fit("其他主动公开文件", "规范性文件") < 0.5);
        assert_eq!(fit("", "规章"), 0.0);
    }

    #[test]
    fn characters_that_fall_on_one_bit_are_no_common_ones() {
        let others: String = "行政许可".chars().filter_map(|c| char::from_u32(c as u32 + 256)).collect();
        assert_eq!(others.chars().count(), 4);
        assert_eq!(fit("行政许可", &others), 0.0);
    }
}

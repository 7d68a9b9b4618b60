use super::{Multiples, Picture};
pub fn draw(_: &Multiples, width: f64) -> Picture {
    Picture { width, ..Picture::default() }
}

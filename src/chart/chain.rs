use super::{Chain, Picture};
pub fn draw(_: &Chain, width: f64) -> Picture {
    Picture { width, ..Picture::default() }
}

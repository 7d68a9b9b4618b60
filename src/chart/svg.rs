//! A picture as a file: SVG of the fewest elements, coloured by attributes alone, so that every viewer, word
//! processor and canvas shows the same.

mod file;

use crate::language::Language;

use super::lettering::{self, Block};
use super::palette::{self, Scheme};
use super::pen;
use super::sheet::MIDDLE;
use super::{Anchor, Lettering, Mark, Paint, Picture, Shape, Tone};

use crate::words;
use file::File;

/// What stands around a picture.
#[derive(Clone, Copy, Debug)]
pub struct Dress<'a> {
    pub title: &'a str,
    /// What it shows, in a sentence.
    pub reading: &'a str,
    /// Where its figures come from.
    pub source: &'a str,
    /// What the ids in it begin with: another one for each picture of a page.
    pub prefix: &'a str,
    pub language: Language,
    /// A part of a page that says title, sentence and source by itself: they are then only told to those who
    /// hear the page.
    pub fragment: bool,
}

const FONTS: &str = "'PingFang SC','Microsoft YaHei','Source Han Sans SC','Noto Sans CJK SC','Noto Sans SC',\
    'WenQuanYi Micro Hei',SimHei,Arial,sans-serif";

const MARGIN: f64 = 24.0;
const TITLE: f64 = 20.0;
const SCHEME: Scheme = Scheme::Light;

/// On white. The same picture in the same dress gives the same bytes.
pub fn svg(picture: &Picture, dress: &Dress) -> String {
    let mut file = File { out: String::new(), prefix: dress.prefix };
    let plain = Lettering::Label;
    let (title, reading, source) = if dress.fragment {
        Default::default()
    } else {
        let limit = picture.width;
        let scaled = limit * plain.size() / TITLE;
        (
            lettering::wrap(dress.title, plain, scaled, 3),
            lettering::wrap(dress.reading, plain, limit, 6),
            lettering::wrap(dress.source, Lettering::Quiet, limit, 3),
        )
    };
    let margin = if dress.fragment { 0.0 } else { MARGIN };
    let above = [height(&title, TITLE + 8.0), height(&reading, plain.pitch() + 3.0)].iter().sum::<f64>();
    let above = if above > 0.0 { above + 16.0 } else { 0.0 };
    let below = height(&source, Lettering::Quiet.pitch());
    let below = if below > 0.0 { below + 14.0 } else { 0.0 };
    let (width, height) = (picture.width + 2.0 * margin, picture.height + above + below + 2.0 * margin);

    file.open("svg");
    file.attribute("xmlns", "http://www.w3.org/2000/svg");
    file.length("width", width);
    file.length("height", height);
    let mut view = "0 0 ".to_string();
    pen::number(&mut view, width);
    view.push(' ');
    pen::number(&mut view, height);
    file.attribute("viewBox", &view);
    file.attribute("role", "img");
    file.attribute("lang", dress.language.tag());
    file.attribute("aria-labelledby", &[dress.prefix, "title ", dress.prefix, "desc"].concat());
    file.attribute("font-family", FONTS);
    file.inside();
    file.told("title", dress.title);
    file.told("desc", dress.reading);
    file.patterns(picture);
    if !dress.fragment {
        file.rect((0.0, 0.0, width, height), &[("fill", palette::ground(SCHEME).background)]);
    }
    let mut y = margin;
    file.lines(&title, margin, &mut y, (TITLE, TITLE + 8.0), true);
    file.lines(&reading, margin, &mut y, (plain.size(), plain.pitch() + 3.0), false);
    file.open("g");
    if margin > 0.0 {
        let mut place = "translate(".to_string();
        pen::number(&mut place, margin);
        place.push(' ');
        pen::number(&mut place, margin + above);
        place.push(')');
        file.attribute("transform", &place);
    }
    file.inside();
    picture.furniture.iter().for_each(|shape| file.shape(shape));
    picture.marks.iter().for_each(|mark| file.mark(mark, dress.language));
    picture.front.iter().for_each(|shape| file.shape(shape));
    file.close("g");
    y = margin + above + picture.height + 14.0;
    file.lines(&source, margin, &mut y, (Lettering::Quiet.size(), Lettering::Quiet.pitch()), false);
    file.close("svg");
    file.out
}

fn height(block: &Block, pitch: f64) -> f64 {
    block.lines.len() as f64 * pitch
}

impl File<'_> {
    fn pattern_id(&self, tone: Tone) -> String {
        let mut id = [self.prefix, "tone-"].concat();
        pen::whole(&mut id, palette::place(tone) as u64);
        id
    }

    /// Those patterns that something is filled with.
    fn patterns(&mut self, picture: &Picture) {
        let tones: Vec<Tone> = palette::patterned(picture).collect();
        if tones.is_empty() {
            return;
        }
        self.out.push_str("<defs>");
        for tone in tones {
            self.open("pattern");
            self.attribute("id", &self.pattern_id(tone));
            self.attribute("patternUnits", "userSpaceOnUse");
            self.length("width", palette::TILE);
            self.length("height", palette::TILE);
            self.inside();
            self.open("path");
            self.attribute("d", palette::pattern(tone).unwrap_or_default());
            self.attribute("fill", "none");
            self.attribute("stroke", palette::ground(SCHEME).background);
            self.attribute("stroke-width", palette::PATTERN_WIDTH);
            self.attribute("stroke-opacity", palette::PATTERN_OPACITY);
            self.end();
            self.out.push_str("</pattern>");
        }
        self.close("defs");
    }

    fn mark(&mut self, mark: &Mark, language: Language) {
        let datum = &mark.datum;
        self.open("g");
        if !datum.cells.is_empty() {
            self.attribute("data-cell", &datum.cells.join(" "));
        }
        self.inside();
        let mut hint = [&*datum.name, language.word(words::COLON), &datum.text].concat();
        if !datum.share.is_empty() {
            hint.push_str(&language.say(words::CHART_MARK_SHARE, &[("share", &datum.share)]));
        }
        self.hint(&hint);
        mark.shapes.iter().for_each(|shape| self.shape(shape));
        self.close("g");
    }

    fn shape(&mut self, shape: &Shape) {
        let paint = match shape {
            Shape::Rect { paint, .. } | Shape::Path { paint, .. } | Shape::Circle { paint, .. } => *paint,
            Shape::Text { x, y, anchor, text, full, style } => {
                return self.letters((*x, *y), *anchor, text, full.as_deref(), *style);
            }
        };
        if paint == Paint::Bare {
            return;
        }
        self.outline(shape);
        for (name, value) in attributes(paint) {
            self.attribute(name, value);
        }
        self.end();
        if let Paint::Fill(tone) = paint
            && palette::pattern(tone).is_some()
        {
            self.outline(shape);
            self.attribute("fill", &["url(#", &self.pattern_id(tone), ")"].concat());
            self.end();
        }
    }

    fn outline(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { x, y, width, height, .. } => {
                self.open("rect");
                self.lengths(&[("x", *x), ("y", *y), ("width", *width), ("height", *height)]);
            }
            Shape::Path { data, .. } => {
                self.open("path");
                self.attribute("d", data);
            }
            Shape::Circle { x, y, radius, .. } => {
                self.open("circle");
                self.lengths(&[("cx", *x), ("cy", *y), ("r", *radius)]);
            }
            Shape::Text { .. } => {}
        }
    }

    fn letters(&mut self, (x, y): (f64, f64), anchor: Anchor, text: &str, full: Option<&str>, style: Lettering) {
        if let Some(full) = full {
            self.out.push_str("<g>");
            self.hint(full);
        }
        let ground = palette::ground(SCHEME);
        let (fill, bold) = match style {
            Lettering::Label | Lettering::Number | Lettering::Small => (ground.text, false),
            Lettering::Title => (ground.text, true),
            Lettering::Quiet => (ground.muted, false),
            Lettering::Wrong => (palette::colour(Tone::Wrong, SCHEME), true),
            Lettering::On(tone) => (palette::ink(tone, SCHEME), false),
        };
        self.open("text");
        self.lengths(&[("x", x), ("y", y), ("font-size", style.size())]);
        if bold {
            self.attribute("font-weight", "bold");
        }
        self.attribute("fill", fill);
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => self.attribute("text-anchor", "middle"),
            Anchor::End => self.attribute("text-anchor", "end"),
        }
        self.inside();
        self.escape(text);
        self.out.push_str("</text>");
        if full.is_some() {
            self.out.push_str("</g>");
        }
    }

    /// Lines of a size, one below the other, from `y` on.
    fn lines(&mut self, block: &Block, x: f64, y: &mut f64, (size, pitch): (f64, f64), bold: bool) {
        let ground = palette::ground(SCHEME);
        for line in &block.lines {
            self.open("text");
            self.lengths(&[("x", x), ("y", *y + pitch / 2.0 + size * MIDDLE), ("font-size", size)]);
            if bold {
                self.attribute("font-weight", "bold");
            }
            self.attribute("fill", if bold { ground.text } else { ground.muted });
            self.inside();
            self.escape(line);
            self.close("text");
            *y += pitch;
        }
    }
}

fn attributes(paint: Paint) -> Vec<(&'static str, &'static str)> {
    let ground = palette::ground(SCHEME);
    let stroke = |colour, width| vec![("fill", "none"), ("stroke", colour), ("stroke-width", width)];
    match paint {
        Paint::Fill(tone) | Paint::Plate(tone) => vec![("fill", palette::colour(tone, SCHEME))],
        Paint::Flow(tone) => {
            vec![("fill", palette::colour(tone, SCHEME)), ("fill-opacity", palette::FLOW_OPACITY)]
        }
        Paint::Dot(tone) => {
            vec![("fill", palette::colour(tone, SCHEME)), ("stroke", ground.background), ("stroke-width", "1.5")]
        }
        Paint::Line(tone) => {
            let mut line = stroke(palette::colour(tone, SCHEME), "2.25");
            line.extend([("stroke-linejoin", "round"), ("stroke-linecap", "round")]);
            line
        }
        Paint::Hair(tone) => stroke(palette::colour(tone, SCHEME), "0.8"),
        Paint::Axis => stroke(ground.axis, "1"),
        Paint::Grid => stroke(ground.grid, "1"),
        Paint::Open => {
            let mut line = stroke(ground.muted, "1.2");
            line.push(("stroke-dasharray", "3 3"));
            line
        }
        Paint::Break => {
            let mut line = stroke(ground.muted, "1");
            line.push(("stroke-dasharray", "4 4"));
            line
        }
        Paint::Bare => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Bar, BarGroup, Bars, Datum, Plot};
    use super::*;

    fn picture() -> Picture {
        let datum = Datum {
            label: "<予以&公开>".into(),
            name: "予以公开 \"甲\"\u{1}".into(),
            number: 1363.0,
            text: "1,363件".into(),
            share: "43.7%".into(),
            cells: vec!["requests.granted.total".into()],
            tone: Tone::Kind(1),
        };
        let bars = vec![Bar { datum, ..Bar::default() }];
        Plot::Bars(Bars { groups: vec![BarGroup { bars, ..BarGroup::default() }] }).draw(640.0)
    }

    fn dress(fragment: bool) -> Dress<'static> {
        Dress {
            title: "办理结果",
            reading: "全年办结3119件，其中予以公开43.7%。",
            source: "来源：2023年报告",
            prefix: "a-",
            language: Language::CHINESE,
            fragment,
        }
    }

    /// The names of all elements, by an XML reader that accepts nothing else than XML.
    fn elements(file: &str) -> Vec<String> {
        let mut reader = quick_xml::Reader::from_str(file);
        let mut names = Vec::new();
        loop {
            use quick_xml::events::Event;
            match reader.read_event().expect("well-formed") {
                Event::Start(start) | Event::Empty(start) => {
                    start.attributes().for_each(|attribute| drop(attribute.expect("a sound attribute")));
                    names.push(start.name().as_ref().to_string());
                }
                Event::Eof => return names,
                _ => {}
            }
        }
    }

    #[test]
    fn a_mark_says_its_name_its_number_and_its_cell() {
        let file = svg(&picture(), &dress(false));
        assert!(file.contains("<title>予以公开 &quot;甲&quot;：1,363件（43.7%）</title>"), "{file}");
        assert!(file.contains(r#"<g data-cell="requests.granted.total">"#));
        assert!(file.contains("&lt;予以&amp;公开&gt;"));
    }

    #[test]
    fn it_needs_few_elements_and_no_style() {
        let file = svg(&picture(), &dress(false));
        let known = ["svg", "g", "title", "desc", "defs", "pattern", "rect", "path", "circle", "text"];
        let names = elements(&file);
        assert!(names.iter().all(|name| known.contains(&&**name)), "{names:?}");
        assert!(!file.contains("style=") && !file.contains("var(") && !file.contains("class="));
        assert_eq!(file, svg(&picture(), &dress(false)));
    }

    #[test]
    fn ids_have_the_prefix() {
        let file = svg(&picture(), &dress(false));
        for part in file.split(" id=\"").skip(1) {
            assert!(part.starts_with("a-"));
        }
        assert!(file.contains(r#"<pattern id="a-tone-3""#) && file.contains(r#"fill="url(#a-tone-3)""#));
    }

    #[test]
    fn a_fragment_leaves_title_and_source_to_its_page() {
        let (whole, fragment) = (svg(&picture(), &dress(false)), svg(&picture(), &dress(true)));
        elements(&fragment);
        assert!(whole.contains(">来源：2023年报告</text>") && !fragment.contains("来源"));
        assert_eq!((whole.matches("办理结果").count(), fragment.matches("办理结果").count()), (2, 1));
        assert!(fragment.contains("width=\"640\""));
    }
}

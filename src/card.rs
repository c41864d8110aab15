//! The picture that a link to a page shows elsewhere: its title and where it stands, as PNG.
//!
//! Links to pages are shared in chats and on boards, which show a picture of 1200 by 630 (the Open Graph protocol,
//! ogp.me) and read neither SVG nor style sheets. So this is drawn pixel by pixel, in the colours of the light theme.

use ab_glyph::{Font as _, FontRef, PxScale, ScaleFont as _, point};

use crate::chart::marks;

/// Pixels across.
pub const WIDTH: usize = 1200;
/// Pixels down.
pub const HEIGHT: usize = 630;

const MARGIN: f32 = 80.0;
const PAPER: Colour = [0xfc, 0xfb, 0xf7];
const INK: Colour = [0x23, 0x22, 0x1e];
const SOFT: Colour = [0x56, 0x53, 0x4a];
const ACCENT: Colour = [0x22, 0x5a, 0x40];
/// Hues of marks in the order in which the style sheet gives them out.
const HUES: [Colour; 6] = [
    [0x0a, 0x78, 0xbd],
    [0xd2, 0x56, 0x0a],
    [0x00, 0x70, 0x4f],
    [0xb4, 0x52, 0x9a],
    [0x7a, 0x56, 0x00],
    [0x48, 0x4d, 0x55],
];
const MARK_SIZE: usize = 88;
/// Points in each direction by which the edge of a mark is smoothed.
const SAMPLES: usize = 4;
const TITLE_SIZES: [f32; 3] = [92.0, 76.0, 60.0];
const TITLE_LINES: usize = 3;

type Colour = [u8; 3];

/// What a picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card<'a> {
    /// The page's title.
    pub title: &'a str,
    /// What it stands in; empty for the home page.
    pub above: &'a str,
    /// What it says, in a sentence.
    pub says: &'a str,
    /// The site's name.
    pub site: &'a str,
    /// The marks of the frameworks it shows, side by side.
    pub marks: &'a [usize],
}

impl Card<'_> {
    /// The picture as PNG.
    pub fn to_png(&self) -> Vec<u8> {
        let mut sheet = Sheet::new();
        sheet.fill(0, 0, 16, HEIGHT, ACCENT);
        let mut left = MARGIN;
        for &mark in self.marks {
            sheet.mark(mark, left as usize, 72);
            left += MARK_SIZE as f32 + 28.0;
        }
        let above = if self.above.is_empty() { self.site } else { self.above };
        sheet.line(above, left, if self.marks.is_empty() { 112.0 } else { 128.0 }, 36.0, SOFT);
        let (size, lines) = fitted(self.title);
        let mut baseline = 176.0 + size;
        for line in &lines {
            sheet.line(line, MARGIN, baseline, size, INK);
            baseline += size * 1.15;
        }
        for (at, line) in wrapped(self.says, 32.0).iter().take(if lines.len() > 2 { 1 } else { 2 }).enumerate() {
            sheet.line(line, MARGIN, baseline + 12.0 + 44.0 * at as f32, 32.0, SOFT);
        }
        sheet.fill(MARGIN as usize, 548, WIDTH - 2 * MARGIN as usize, 2, ACCENT);
        sheet.line(self.site, MARGIN, 594.0, 32.0, ACCENT);
        sheet.to_png()
    }
}

/// The largest size at which a title fits, and its lines.
fn fitted(title: &str) -> (f32, Vec<String>) {
    let mut fitting = TITLE_SIZES.into_iter().map(|size| (size, wrapped(title, size)));
    let found = fitting.by_ref().find(|(_, lines)| lines.len() < TITLE_LINES);
    found.unwrap_or_else(|| {
        let size = TITLE_SIZES[TITLE_SIZES.len() - 1];
        let mut lines = wrapped(title, size);
        if lines.len() > TITLE_LINES {
            lines.truncate(TITLE_LINES);
            lines[TITLE_LINES - 1].push('…');
        }
        (size, lines)
    })
}

/// A text in lines that fit between the margins; a word that is wider than a line is cut.
fn wrapped(text: &str, size: f32) -> Vec<String> {
    let room = WIDTH as f32 - 2.0 * MARGIN;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}")).filter(|line| width(line, size) <= room);
        match (longer, lines.last_mut()) {
            (Some(longer), Some(last)) => *last = longer,
            _ => lines.push(cut(word, size, room)),
        }
    }
    lines
}

fn cut(word: &str, size: f32, room: f32) -> String {
    let mut word = word.to_owned();
    while width(&word, size) > room {
        word.pop();
    }
    word
}

fn width(text: &str, size: f32) -> f32 {
    let font = font();
    let scaled = font.as_scaled(PxScale::from(size));
    text.chars().map(|letter| scaled.h_advance(scaled.glyph_id(letter))).sum()
}

fn font() -> FontRef<'static> {
    FontRef::try_from_slice(epaint_default_fonts::UBUNTU_LIGHT).expect("the typeface comes with the program")
}

/// Pixels in rows, three bytes each.
struct Sheet(Vec<u8>);

impl Sheet {
    fn new() -> Self {
        Self(PAPER.repeat(WIDTH * HEIGHT))
    }

    /// Lays a colour over a pixel; `share` 0 leaves it, 1 covers it.
    fn blend(&mut self, x: usize, y: usize, colour: Colour, share: f32) {
        if x >= WIDTH || y >= HEIGHT {
            return;
        }
        let pixel = &mut self.0[(y * WIDTH + x) * 3..][..3];
        for (under, over) in pixel.iter_mut().zip(colour) {
            *under = (f32::from(*under) * (1.0 - share) + f32::from(over) * share).round() as u8;
        }
    }

    fn fill(&mut self, left: usize, top: usize, width: usize, height: usize, colour: Colour) {
        for y in top..top + height {
            for x in left..left + width {
                self.blend(x, y, colour, 1.0);
            }
        }
    }

    fn mark(&mut self, mark: usize, left: usize, top: usize) {
        let place = |pixel: usize, sample: usize| {
            (pixel as f64 + (sample as f64 + 0.5) / SAMPLES as f64) / MARK_SIZE as f64 * 100.0
        };
        for y in 0..MARK_SIZE {
            for x in 0..MARK_SIZE {
                let samples = (0..SAMPLES * SAMPLES).map(|at| (place(x, at % SAMPLES), place(y, at / SAMPLES)));
                let covered = samples.filter(|&point| marks::covers(mark, point)).count();
                let share = covered as f32 / (SAMPLES * SAMPLES) as f32;
                self.blend(left + x, top + y, HUES[mark % HUES.len()], share);
            }
        }
    }

    /// Writes a line of text with its baseline at a height.
    fn line(&mut self, text: &str, left: f32, baseline: f32, size: f32, colour: Colour) {
        let font = font();
        let scaled = font.as_scaled(PxScale::from(size));
        let mut x = left;
        for letter in text.chars() {
            let id = scaled.glyph_id(letter);
            if let Some(outline) = font.outline_glyph(id.with_scale_and_position(size, point(x, baseline))) {
                let bounds = outline.px_bounds();
                outline.draw(|across, down, share| {
                    let (x, y) = (bounds.min.x + across as f32, bounds.min.y + down as f32);
                    if x >= 0.0 && y >= 0.0 {
                        self.blend(x as usize, y as usize, colour, share.min(1.0));
                    }
                });
            }
            x += scaled.h_advance(id);
        }
    }

    fn to_png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let (width, height) = (WIDTH as u32, HEIGHT as u32);
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&self.0));
        written.expect("writing to memory cannot fail");
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str) -> Vec<u8> {
        Card { title, above: "Frameworks", says: "What it is.", site: "fieldguide", marks: &[3] }.to_png()
    }

    #[test]
    fn a_picture_has_the_size_that_previews_expect() {
        let png = card("Ray");
        let reader = png::Decoder::new(std::io::Cursor::new(&png)).read_info().expect("a PNG");
        assert_eq!((reader.info().width, reader.info().height), (1200, 630));
        assert_ne!(png, card("Dask"));
    }

    #[test]
    fn marks_have_the_hues_of_the_light_theme() {
        let sheet = include_str!("../static/tokens.css");
        let names = ["blue", "orange", "green", "purple", "ochre", "slate"];
        for ([red, green, blue], name) in HUES.into_iter().zip(names) {
            let hue = format!("--mark-{name}: light-dark(#{red:02x}{green:02x}{blue:02x}, ");
            assert!(sheet.contains(&hue), "{hue} is not in the style sheet");
        }
    }

    #[test]
    fn any_title_is_drawn() {
        let long = "word ".repeat(200);
        for title in ["", " ", "\u{0}", "日本語のタイトル", &"x".repeat(5_000), &long, "\u{202e}abc"] {
            assert!(!card(title).is_empty());
        }
        let (size, lines) = fitted(&long);
        assert_eq!((lines.len(), size), (TITLE_LINES, 60.0));
        assert!(lines[TITLE_LINES - 1].ends_with('…'));
        assert!(lines.iter().all(|line| width(line.trim_end_matches('…'), size) <= WIDTH as f32 - 2.0 * MARGIN));
    }
}

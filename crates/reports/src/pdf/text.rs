//! Setting text: letters to glyphs in lines.

use super::fonts::{FAMILY, Fonts, add_folders, inside};
use super::style::SMALL;
use crate::Language;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::style::{FontFamily, FontWeight, LineHeight, OverflowWrap, StyleProperty};
use parley::{Alignment, AlignmentOptions, FontContext, Layout, LayoutContext, Line as ParleyLine};
use std::collections::HashMap;
use std::rc::Rc;

/// Lines of one text; a note may be longer than a page.
const MAX_LINES: usize = 24;
/// Characters of one text that are looked at; more do not fit into [`MAX_LINES`].
const MAX_CHARS: usize = 4_000;
/// Texts that are kept to be set once; names and numbers repeat.
const MAX_KEPT: usize = 50_000;

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// In points.
    pub(super) size: f32,
    /// Semi-bold.
    pub(super) bold: bool,
    /// Where its lines end; none is one line, however long.
    pub(super) width: Option<f32>,
    /// Whether its lines end at the right.
    pub(super) right: bool,
}

impl Style {
    pub(super) const fn sized(size: f32) -> Self {
        Self { size, bold: false, width: None, right: false }
    }

    pub(super) const fn small() -> Self {
        Self::sized(SMALL)
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) const fn within(self, width: f32) -> Self {
        Self { width: Some(width), ..self }
    }

    pub(super) const fn to_the_right(self, right: bool) -> Self {
        Self { right, ..self }
    }
}

/// A text that is set.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) source: String,
    pub(super) lines: Vec<Line>,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// A line of it.
#[derive(Debug)]
pub(super) struct Line {
    /// From the top of the text.
    pub(super) baseline: f32,
    pub(super) runs: Vec<Run>,
}

/// Glyphs of one font.
#[derive(Debug)]
pub(super) struct Run {
    /// From the left of the text.
    pub(super) x: f32,
    pub(super) font: Font,
    pub(super) size: f32,
    pub(super) glyphs: Vec<KrillaGlyph>,
}

type Key = (String, [u32; 2], [bool; 2]);

/// Sets texts.
pub(super) struct Typesetter<'a> {
    fonts: &'a Fonts,
    language: Language,
    context: FontContext,
    layouts: LayoutContext<()>,
    krilla_fonts: HashMap<(u64, u32), Font>,
    has_folders: bool,
    uncovered: Option<String>,
    kept: HashMap<Key, Rc<Text>>,
}

impl<'a> Typesetter<'a> {
    pub(super) fn new(fonts: &'a Fonts, language: Language) -> Self {
        Self {
            fonts,
            language,
            context: inside(),
            layouts: LayoutContext::new(),
            krilla_fonts: HashMap::new(),
            has_folders: fonts.folders.is_empty(),
            uncovered: None,
            kept: HashMap::new(),
        }
    }

    /// The first text some letter of which no font has.
    pub(super) fn uncovered(&self) -> Option<&str> {
        self.uncovered.as_deref()
    }

    /// Sets a text.
    pub(super) fn set(&mut self, text: &str, style: Style) -> Rc<Text> {
        let bits = [style.size.to_bits(), style.width.map_or(u32::MAX, f32::to_bits)];
        let key = (text.to_owned(), bits, [style.bold, style.right]);
        if let Some(known) = self.kept.get(&key) {
            return Rc::clone(known);
        }
        let made = Rc::new(self.set_anew(cleaned(text), style));
        if self.kept.len() < MAX_KEPT {
            self.kept.insert(key, Rc::clone(&made));
        }
        made
    }

    fn set_anew(&mut self, text: String, style: Style) -> Text {
        let mut layout = self.layout(&text, style);
        if !self.has_folders && uncovered(&layout) {
            add_folders(&mut self.context, self.fonts);
            self.has_folders = true;
            layout = self.layout(&text, style);
        }
        if let Some(line) = layout.get(MAX_LINES) {
            let fits = text.get(..line.text_range().start).unwrap_or_default().trim_end();
            // The three dots take the room of what they stand for.
            let kept: String = fits.chars().take(fits.chars().count().saturating_sub(2)).collect();
            return self.set_anew(kept + "…", style);
        }
        if self.uncovered.is_none() && uncovered(&layout) {
            self.uncovered = Some(text.clone());
        }
        let lines = layout.lines().map(|line| self.line(&line)).collect();
        Text { lines, width: layout.width(), height: layout.height(), source: text }
    }

    fn layout(&mut self, text: &str, style: Style) -> Layout<()> {
        let mut builder = self.layouts.ranged_builder(&mut self.context, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::named(FAMILY)));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(1.3)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.push_default(StyleProperty::Locale(self.language.tag().parse().ok()));
        if style.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::SEMI_BOLD));
        }
        let mut layout = builder.build(text);
        layout.break_all_lines(style.width);
        let alignment = if style.right { Alignment::Right } else { Alignment::Start };
        layout.align(alignment, AlignmentOptions::default());
        layout
    }

    fn line(&mut self, line: &ParleyLine<'_, ()>) -> Line {
        let mut x = line.metrics().offset;
        let mut runs = Vec::new();
        for run in line.runs() {
            let (size, from) = (run.font_size(), x);
            let mut glyphs = Vec::<KrillaGlyph>::new();
            for cluster in run.visual_clusters() {
                if cluster.is_ligature_continuation() {
                    if let Some(glyph) = glyphs.last_mut() {
                        glyph.text_range.end = glyph.text_range.end.max(cluster.text_range().end);
                    }
                    continue;
                }
                for glyph in cluster.glyphs() {
                    let [advance, dx, dy] = [glyph.advance, glyph.x, glyph.y].map(|length| length / size);
                    let id = GlyphId::new(glyph.id);
                    glyphs.push(KrillaGlyph::new(id, advance, dx, dy, 0.0, cluster.text_range(), None));
                    x += glyph.advance;
                }
            }
            if let Some(font) = self.krilla_font(run.font()) {
                runs.push(Run { x: from, font, size, glyphs });
            }
        }
        Line { baseline: line.metrics().baseline, runs }
    }

    fn krilla_font(&mut self, font: &parley::FontData) -> Option<Font> {
        let key = (font.data.id(), font.index);
        if let Some(known) = self.krilla_fonts.get(&key) {
            return Some(known.clone());
        }
        let (data, _) = font.data.clone().into_raw_parts();
        let made = Font::new(data.into(), font.index)?;
        self.krilla_fonts.insert(key, made.clone());
        Some(made)
    }
}

/// The text without what has no place on paper and what no file may hold.
fn cleaned(text: &str) -> String {
    let placed = |letter: char| match letter {
        letter if letter.is_control() => ' ',
        '\u{feff}' | '\u{fffe}' => ' ',
        letter => letter,
    };
    text.chars().take(MAX_CHARS).map(placed).collect()
}

/// Whether some letter has no glyph.
fn uncovered(layout: &Layout<()>) -> bool {
    let glyphs = |run: parley::Run<'_, ()>| run.clusters().any(|one| one.glyphs().any(|glyph| glyph.id == 0));
    layout.lines().any(|line| line.runs().any(glyphs))
}

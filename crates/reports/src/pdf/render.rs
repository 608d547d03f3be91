//! Drawing: pages to PDF.

use super::sheets::{Mark, Part, Placed, Role, Sheets};
use super::style::Colour;
use super::text::Text;
use crate::{Report, ReportError};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind,
    TagTree,
};
use krilla::{Document, SerializeSettings};
use std::num::NonZeroU16;

/// Draws it by PDF/UA-1; where that cannot be, as a tagged PDF, with the reason.
pub(super) fn render(
    sheets: &Sheets,
    report: &Report,
    uncovered: Option<&str>,
) -> Result<(Vec<u8>, Option<String>), ReportError> {
    if let Some(text) = uncovered {
        let why = format!("no font has all letters of “{text}”");
        return Ok((draw(sheets, report, false)?, Some(why)));
    }
    match draw(sheets, report, true) {
        Ok(bytes) => Ok((bytes, None)),
        Err(error @ KrillaError::Validation(_)) => {
            Ok((draw(sheets, report, false)?, Some(format!("{error}: {error:?}"))))
        }
        Err(error) => Err(error.into()),
    }
}

fn draw(sheets: &Sheets, report: &Report, accessible: bool) -> Result<Vec<u8>, KrillaError> {
    let mut document = Document::new_with(settings(accessible));
    let mut contents: Vec<Vec<Identifier>> = sheets.parts.iter().map(|_| Vec::new()).collect();
    for page in &sheets.pages {
        draw_page(&mut document, sheets, page, &mut contents);
    }
    document.set_tag_tree(tree(&sheets.parts, contents, report));
    document.set_outline(outline(sheets));
    document.set_metadata(metadata(report));
    document.finish()
}

fn settings(accessible: bool) -> SerializeSettings {
    let builder = ConfigurationBuilder::new();
    let builder = if accessible { builder.with_accessibility_validator(Accessibility::UA1) } else { builder };
    let configuration = builder.finish().unwrap_or_default();
    SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() }
}

fn draw_page(document: &mut Document, sheets: &Sheets, placed: &[Placed], contents: &mut [Vec<Identifier>]) {
    let settings = PageSettings::from_wh(sheets.size.0, sheets.size.1).unwrap_or_default();
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    for group in placed.chunk_by(|one, next| one.part == next.part) {
        let part = group.first().and_then(|one| one.part);
        let tag = match part.map(|part| &sheets.parts[part.0].role) {
            None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
            Some(Role::Figure(_)) => ContentTag::Other,
            Some(_) => ContentTag::Span(SpanTag::empty()),
        };
        let identifier = surface.start_tagged(tag);
        group.iter().for_each(|one| draw_mark(&mut surface, one));
        surface.end_tagged();
        if let Some(part) = part {
            contents[part.0].push(identifier);
        }
    }
    surface.finish();
    page.finish();
}

fn draw_mark(surface: &mut Surface<'_>, placed: &Placed) {
    let Placed { x, y, mark, .. } = placed;
    match mark {
        Mark::Text(text, colour) => draw_text(surface, text, *x, *y, *colour),
        Mark::Box(width, height, colour) => {
            let mut path = PathBuilder::new();
            if let Some(area) = Rect::from_xywh(*x, *y, *width, *height) {
                path.push_rect(area);
            }
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*colour)));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
        Mark::Line(points, width, colour) => {
            let mut path = PathBuilder::new();
            for (at, (dx, dy)) in points.iter().enumerate() {
                if at == 0 { path.move_to(x + dx, y + dy) } else { path.line_to(x + dx, y + dy) }
            }
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: rgb(*colour).into(),
                width: *width,
                ..Stroke::default()
            }));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}

fn draw_text(surface: &mut Surface<'_>, text: &Text, x: f32, y: f32, colour: Colour) {
    surface.set_stroke(None);
    surface.set_fill(Some(fill(colour)));
    for line in &text.lines {
        for run in &line.runs {
            let start = Point::from_xy(x + run.x, y + line.baseline);
            surface.draw_glyphs(start, &run.glyphs, run.font.clone(), &text.source, run.size, false);
        }
    }
}

fn rgb(Colour(red, green, blue): Colour) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: rgb(colour).into(), ..Fill::default() }
}

/// Parts come after what they are within, so the last can be hung up first.
fn tree(parts: &[Part], contents: Vec<Vec<Identifier>>, report: &Report) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(report.locale.language.tag().to_owned()));
    let mut children: Vec<Vec<TagGroup>> = parts.iter().map(|_| Vec::new()).collect();
    let mut roots = Vec::new();
    for (place, (part, contents)) in parts.iter().zip(contents).enumerate().rev() {
        let mut nodes: Vec<Node> = contents.into_iter().map(Node::from).collect();
        nodes.extend(std::mem::take(&mut children[place]).into_iter().rev().map(Node::from));
        let group = TagGroup::with_children(tag(&part.role), nodes);
        match part.within {
            Some(within) => children[within.0].push(group),
            None => roots.push(group),
        }
    }
    roots.into_iter().rev().for_each(|root| tree.push(root));
    tree
}

fn tag(role: &Role) -> TagKind {
    match role {
        Role::Heading(level, text) => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(text.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::Table => Tag::Table.into(),
        Role::Row => Tag::TR.into(),
        Role::HeaderCell => Tag::TH(TableHeaderScope::Column).into(),
        Role::Cell => Tag::TD.into(),
        Role::Figure(text) => Tag::Figure(Some(text.clone())).into(),
    }
}

fn outline(sheets: &Sheets) -> Outline {
    let mut outline = Outline::new();
    for (text, page, y) in &sheets.headings {
        let place = XyzDestination::new(*page, Point::from_xy(0.0, *y));
        outline.push_child(OutlineNode::new(text.clone(), place));
    }
    outline
}

fn metadata(report: &Report) -> Metadata {
    let metadata = Metadata::new()
        .title(report.title.clone())
        .creator("Hookflash".to_owned())
        .language(report.locale.language.tag().to_owned());
    match report.locale.clock(report.made_at).and_then(|clock| date_time(&clock)) {
        Some(at) => metadata.creation_date(at),
        None => metadata,
    }
}

fn date_time(clock: &jiff::Zoned) -> Option<DateTime> {
    let unsigned = |number: i8| u8::try_from(number).ok();
    let offset_minutes = clock.offset().seconds() / 60;
    let at = DateTime::new(u16::try_from(clock.year()).ok()?)
        .month(unsigned(clock.month())?)
        .day(unsigned(clock.day())?)
        .hour(unsigned(clock.hour())?)
        .minute(unsigned(clock.minute())?)
        .second(unsigned(clock.second())?)
        .utc_offset_hour(i8::try_from(offset_minutes / 60).ok()?)
        .utc_offset_minute(u8::try_from(offset_minutes.abs() % 60).ok()?);
    Some(at)
}

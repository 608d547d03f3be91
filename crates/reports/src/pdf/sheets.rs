//! What is on the pages, before anything is drawn.

use super::style::{Colour, FOOT, MARGIN};
use super::text::Text;
use std::rc::Rc;

/// What a part of the document is, for who listens to it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Role {
    /// A heading, from level 1 on.
    Heading(u16, String),
    Paragraph,
    Table,
    Row,
    /// The heading of a column.
    HeaderCell,
    Cell,
    /// A picture, with what is read out in its place.
    Figure(String),
}

/// A part of the document.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) role: Role,
    pub(super) within: Option<PartId>,
}

/// Which part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PartId(pub(super) usize);

/// What is drawn.
#[derive(Debug)]
pub(super) enum Mark {
    Text(Rc<Text>, Colour),
    /// A filled box of a width and height.
    Box(f32, f32, Colour),
    /// A line through points, relative to the place, and its width.
    Line(Vec<(f32, f32)>, f32, Colour),
}

/// Where something is drawn. What is no part is decoration, and is not read out.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) part: Option<PartId>,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) mark: Mark,
}

/// Pages that are being filled from above.
#[derive(Debug)]
pub(super) struct Sheets {
    /// Width and height of a page.
    pub(super) size: (f32, f32),
    pub(super) pages: Vec<Vec<Placed>>,
    pub(super) parts: Vec<Part>,
    /// Headings with their page and place, for the outline.
    pub(super) headings: Vec<(String, usize, f32)>,
    /// Where it goes on, on the last page.
    pub(super) y: f32,
}

impl Sheets {
    pub(super) fn new(size: (f32, f32)) -> Self {
        Self { size, pages: vec![Vec::new()], parts: Vec::new(), headings: Vec::new(), y: MARGIN }
    }

    /// The width between the margins.
    pub(super) fn width(&self) -> f32 {
        self.size.0 - 2.0 * MARGIN
    }

    /// Whether so much fits on the page.
    pub(super) fn fits(&self, height: f32) -> bool {
        self.y + height <= self.size.1 - MARGIN - FOOT
    }

    /// Begins a page.
    pub(super) fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    /// Begins a page where so much does not fit any more.
    pub(super) fn make_room(&mut self, height: f32) {
        if !self.fits(height) && self.y > MARGIN {
            self.turn();
        }
    }

    /// A new part of the document.
    pub(super) fn part(&mut self, role: Role, within: Option<PartId>) -> PartId {
        if let Role::Heading(_, text) = &role {
            self.headings.push((text.clone(), self.pages.len() - 1, self.y));
        }
        self.parts.push(Part { role, within });
        PartId(self.parts.len() - 1)
    }

    /// Draws on the last page.
    pub(super) fn place(&mut self, part: Option<PartId>, x: f32, y: f32, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(Placed { part, x, y, mark });
        }
    }

    /// A text at the left margin, and on from below it.
    pub(super) fn flow(&mut self, role: Role, text: Rc<Text>, colour: Colour, below: f32) {
        self.make_room(text.height);
        let part = self.part(role, None);
        let (y, height) = (self.y, text.height);
        self.place(Some(part), MARGIN, y, Mark::Text(text, colour));
        self.y += height + below;
    }
}

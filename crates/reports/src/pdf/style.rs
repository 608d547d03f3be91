//! Sizes in points, and colours.

/// Of the page, on all sides.
pub(super) const MARGIN: f32 = 40.0;
/// Kept free at the foot of the page, within the margin's inner edge.
pub(super) const FOOT: f32 = 16.0;
/// Around the text of a cell.
pub(super) const PADDING: f32 = 3.0;
/// Of the table's text.
pub(super) const SMALL: f32 = 8.0;
/// Of running text.
pub(super) const NORMAL: f32 = 9.0;
/// Of headings.
pub(super) const HEADING: f32 = 11.0;
/// Of the title.
pub(super) const TITLE: f32 = 18.0;

/// Red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

pub(super) const INK: Colour = Colour(0x1B, 0x1B, 0x1B);
pub(super) const GREY: Colour = Colour(0x5A, 0x5A, 0x5A);
pub(super) const RULE: Colour = Colour(0xC8, 0xCC, 0xD2);
pub(super) const BAND: Colour = Colour(0xF3, 0xF5, 0xF8);
pub(super) const HEADER: Colour = Colour(0x1F, 0x3A, 0x5F);
pub(super) const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);

/// Of series and states: told apart also by those who see no red or no green (after Okabe and Ito).
const SERIES: [Colour; 8] = [
    Colour(0x00, 0x72, 0xB2),
    Colour(0xD5, 0x5E, 0x00),
    Colour(0x00, 0x9E, 0x73),
    Colour(0xE6, 0x9F, 0x00),
    Colour(0xCC, 0x79, 0xA7),
    Colour(0x56, 0xB4, 0xE9),
    Colour(0x99, 0x99, 0x99),
    Colour(0x00, 0x00, 0x00),
];

/// The colour of the series or state at a place.
pub(super) fn series(place: usize) -> Colour {
    SERIES[place % SERIES.len()]
}

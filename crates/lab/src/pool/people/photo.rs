//! Pictures of people: a pattern of flat squares made from the address, as a baseline JPEG (ITU T.81). Only
//! the mean value of each 8 × 8 block is coded, so the whole coder is this file.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// The largest side in pixels (the largest size that Exchange keeps).
pub(crate) const MAX_SIDE: u16 = 648;

/// A JPEG of `width` × `height` pixels, always the same for one address.
pub(crate) fn jpeg(address: &str, width: u16, height: u16) -> Vec<u8> {
    let mut hasher = DefaultHasher::new();
    address.hash(&mut hasher);
    let pattern = Pattern::new(hasher.finish());
    let mut out = header(width, height);
    let (across, down) = (width.div_ceil(8), height.div_ceil(8));
    let mut bits = Bits::default();
    let mut before = [0_i32; 3];
    for y in 0..down {
        for x in 0..across {
            let colour = pattern.colour(u32::from(x), u32::from(y), u32::from(across), u32::from(down));
            for (value, before) in colour.into_iter().zip(&mut before) {
                bits.write_mean(value - *before);
                *before = value;
            }
        }
    }
    out.extend(bits.finish());
    out.extend([0xff, 0xd9]);
    out
}

/// Five columns, mirrored, in one colour on a light ground.
struct Pattern {
    cells: u64,
    /// Y, Cb and Cr less 128, of ground and figure.
    colours: [[i32; 3]; 2],
}

impl Pattern {
    fn new(seed: u64) -> Self {
        let part = |shift: u32| i32::try_from(seed >> shift & 0x7f).unwrap_or(0);
        let figure = [part(0) / 2 - 40, part(7) - 64, part(14) - 64];
        Self { cells: seed >> 21, colours: [[110, 0, 0], figure] }
    }

    fn colour(&self, x: u32, y: u32, across: u32, down: u32) -> [i32; 3] {
        let (column, row) = (x * 5 / across.max(1), y * 5 / down.max(1));
        let cell = row * 3 + column.min(4 - column.min(4));
        self.colours[usize::from(self.cells >> cell & 1 == 1)]
    }
}

/// Everything before the coded blocks: a quantisation table of eights makes the coefficient of a flat block
/// its value; tables of Annex K for the mean values, and one with only "end of block" for the rest.
fn header(width: u16, height: u16) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8, 0xff, 0xe0, 0, 16];
    out.extend(b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    out.extend([0xff, 0xdb, 0, 67, 0]);
    out.extend([8; 64]);
    out.extend([0xff, 0xc0, 0, 17, 8]);
    out.extend(height.to_be_bytes());
    out.extend(width.to_be_bytes());
    out.extend([3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
    out.extend([0xff, 0xc4, 0, 31, 0x00]);
    out.extend([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
    out.extend(0..12);
    out.extend([0xff, 0xc4, 0, 20, 0x10]);
    out.extend([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    out.extend([0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
    out
}

/// Codes of Annex K, table K.3, for the number of bits of a difference: the code and its length.
const LENGTHS: [(u32, u32); 10] = [
    (0b00, 2),
    (0b010, 3),
    (0b011, 3),
    (0b100, 3),
    (0b101, 3),
    (0b110, 3),
    (0b1110, 4),
    (0b1_1110, 5),
    (0b11_1110, 6),
    (0b111_1110, 7),
];

#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    kept: u32,
    count: u32,
}

impl Bits {
    /// A block: the difference of its mean to the one before, and "end of block".
    fn write_mean(&mut self, difference: i32) {
        let magnitude = difference.unsigned_abs();
        let length = u32::BITS - magnitude.leading_zeros();
        let (code, bits) = LENGTHS[(length as usize).min(LENGTHS.len() - 1)];
        self.write(code, bits);
        let value = if difference < 0 { magnitude ^ ((1 << length) - 1) } else { magnitude };
        self.write(value, length);
        self.write(0, 1);
    }

    fn write(&mut self, value: u32, bits: u32) {
        for at in (0..bits).rev() {
            self.kept = self.kept << 1 | (value >> at & 1);
            self.count += 1;
            if self.count == 8 {
                self.push();
            }
        }
    }

    fn push(&mut self) {
        let byte = self.kept.to_le_bytes()[0];
        self.out.push(byte);
        if byte == 0xff {
            // So that it is not taken for a marker.
            self.out.push(0);
        }
        (self.kept, self.count) = (0, 0);
    }

    fn finish(mut self) -> Vec<u8> {
        while self.count != 0 {
            self.write(1, 1);
        }
        self.out
    }
}

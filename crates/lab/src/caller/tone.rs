//! What the caller plays: a chime of three soft notes over and over, or a pure tone. Computed, so free of
//! anybody's rights. And G.711 µ-law.

use std::f32::consts::TAU;

/// Samples a second.
pub(crate) const RATE: u32 = 8_000;

/// Half a second for each note, then a pause: C5, E5, G5, E5.
const NOTES_HZ: [f32; 5] = [523.25, 659.25, 783.99, 659.25, 0.0];
const NOTE_SAMPLES: u32 = RATE / 2;

/// The sample at a place of the endless signal.
pub(crate) fn sample(at: u32, tone_hz: Option<f32>) -> i16 {
    let value = match tone_hz {
        Some(hz) => 0.4 * wave(at, hz),
        None => chime(at),
    };
    #[expect(clippy::cast_possible_truncation, reason = "the value is between -1 and 1")]
    let sample = (value * 32_000.0) as i16;
    sample
}

fn chime(at: u32) -> f32 {
    let (note, within) = (at / NOTE_SAMPLES, at % NOTE_SAMPLES);
    let hz = NOTES_HZ.get(note as usize % NOTES_HZ.len()).copied().unwrap_or_default();
    if hz == 0.0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "below 4000")]
    let age = within as f32 / NOTE_SAMPLES as f32;
    let attack = (age * 40.0).min(1.0);
    let envelope = attack * (-4.0 * age).exp();
    0.3 * envelope * (wave(within, hz) + 0.3 * wave(within, 2.0 * hz))
}

fn wave(at: u32, hz: f32) -> f32 {
    // One second holds a whole number of periods of any whole frequency, so the phase may start anew.
    #[expect(clippy::cast_precision_loss, reason = "below 80000")]
    let seconds = (at % (10 * RATE)) as f32 / RATE as f32;
    (TAU * hz * seconds).sin()
}

/// G.711 µ-law of a sample.
pub(crate) fn encode(sample: i16) -> u8 {
    const BIAS: i32 = 0x84;
    let sign = if sample < 0 { 0x80 } else { 0 };
    let magnitude = (i32::from(sample).abs().min(32_635)) + BIAS;
    let exponent = (31 - magnitude.leading_zeros().min(31)).saturating_sub(7).min(7);
    let mantissa = (magnitude >> (exponent + 3)) & 0x0f;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seven bits")]
    let code = ((exponent << 4) as u8) | mantissa as u8;
    !(sign | code)
}

/// The sample of a µ-law code.
pub(crate) fn decode(code: u8) -> i16 {
    let code = !code;
    let magnitude = ((i16::from(code & 0x0f) << 3) + 0x84) << ((code >> 4) & 7);
    let magnitude = magnitude - 0x84;
    if code & 0x80 == 0 { magnitude } else { -magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_survives_decoding_and_encoding() {
        for code in 0..=u8::MAX {
            // There are two zeros.
            let again = encode(decode(code));
            assert!(again == code || decode(again) == decode(code), "{code}");
        }
        assert_eq!((encode(0), encode(i16::MAX), encode(i16::MIN)), (0xff, 0x80, 0x00));
    }
}

//! What a waiting caller hears, generated: no recording, no licence.

use bytes::Bytes;

use super::g711::Law;
use crate::Music;

const RATE: usize = 8_000;
const FRAME: usize = 160;

/// A loop of G.711, in both laws, a whole number of 20 ms frames long.
#[derive(Debug)]
pub(crate) struct Tune {
    mu: Bytes,
    a: Bytes,
}

impl Tune {
    /// Generates the loop; takes some milliseconds.
    pub(crate) fn new(music: Music) -> Self {
        let samples = match music {
            Music::Piece => piece(),
            Music::Tone(hertz) => tone(f64::from(hertz)),
        };
        let encode = |law: Law| samples.iter().map(|sample| law.encode(*sample)).collect::<Vec<_>>().into();
        Self { mu: encode(Law::Mu), a: encode(Law::A) }
    }

    /// The frame of 20 ms number `index`, counted round and round.
    pub(crate) fn frame(&self, law: Law, index: usize) -> Bytes {
        let octets = match law {
            Law::Mu => &self.mu,
            Law::A => &self.a,
        };
        let start = index % (octets.len() / FRAME) * FRAME;
        octets.slice(start..start + FRAME)
    }
}

/// One second of a sine; a whole number of hertz makes the loop seamless.
fn tone(hertz: f64) -> Vec<i16> {
    (0..RATE).map(|n| to_sample(0.3 * sine(hertz, n))).collect()
}

/// Four bars of plucked chords (C, A minor, F, G) with a pentatonic tune above,
/// 80 beats a minute. Notes ring over the loop's end into its start.
fn piece() -> Vec<i16> {
    const BEAT: usize = RATE * 3 / 4;
    const CHORDS: [[f64; 3]; 4] =
        [[48.0, 52.0, 55.0], [45.0, 48.0, 52.0], [41.0, 45.0, 48.0], [43.0, 47.0, 50.0]];
    const TUNE: [[f64; 4]; 4] = [
        [76.0, 72.0, 67.0, 69.0],
        [72.0, 69.0, 64.0, 67.0],
        [69.0, 72.0, 74.0, 72.0],
        [74.0, 71.0, 67.0, 0.0],
    ];
    let mut sound = vec![0.0; 16 * BEAT];
    for (bar, (chord, tune)) in CHORDS.iter().zip(TUNE).enumerate() {
        for beat in 0..4 {
            let start = (bar * 4 + beat) * BEAT;
            pluck(&mut sound, start, chord[beat % 3] + 12.0, 0.10);
            pluck(&mut sound, start + BEAT / 2, chord[(beat + 1) % 3] + 12.0, 0.07);
            if tune[beat] > 0.0 {
                pluck(&mut sound, start, tune[beat], 0.12);
            }
        }
    }
    sound.into_iter().map(to_sample).collect()
}

/// Adds a decaying note (MIDI number, 69 is 440 Hz) of two seconds, wrapping round the end.
fn pluck(sound: &mut [f64], start: usize, note: f64, loudness: f64) {
    let hertz = 440.0 * ((note - 69.0) / 12.0).exp2();
    let length = sound.len();
    for n in 0..2 * RATE {
        let seconds = n as f64 / RATE as f64;
        let attack = (seconds / 0.012).min(1.0);
        let release = ((2.0 - seconds) / 0.05).min(1.0);
        let decay = (-2.4 * seconds).exp();
        let wave = sine(hertz, n) + 0.25 * sine(2.0 * hertz, n) + 0.08 * sine(3.0 * hertz, n);
        sound[(start + n) % length] += loudness * attack * release * decay * wave;
    }
}

fn sine(hertz: f64, sample: usize) -> f64 {
    (std::f64::consts::TAU * hertz * sample as f64 / RATE as f64).sin()
}

fn to_sample(value: f64) -> i16 {
    (value.clamp(-0.99, 0.99) * f64::from(i16::MAX)) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_piece_is_whole_frames_neither_silent_nor_clipped() {
        let samples = piece();
        assert_eq!(samples.len() % FRAME, 0);
        let loudest = samples.iter().map(|sample| i32::from(*sample).abs()).max().unwrap_or_default();
        assert!((3_000..30_000).contains(&loudest), "{loudest}");
        for second in samples.chunks(RATE) {
            let power =
                second.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / second.len() as f64;
            assert!(power.sqrt() > 200.0, "a silent second");
        }
    }

    #[test]
    fn frames_go_round() {
        let tune = Tune::new(Music::Tone(440));
        for law in [Law::Mu, Law::A] {
            assert_eq!(tune.frame(law, 0).len(), FRAME);
            assert_eq!(tune.frame(law, 3), tune.frame(law, 53));
        }
        assert_ne!(tune.frame(Law::Mu, 1), tune.frame(Law::A, 1));
    }
}

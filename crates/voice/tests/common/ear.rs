//! Tones as the oracle: what somebody hears, told by its frequency.

use std::collections::VecDeque;

/// Samples that are listened to at once: 300 ms.
const WINDOW: usize = 2_400;

/// The tones of these tests: music, caller, agent.
pub const MUSIC: f64 = 440.0;
pub const CALLER: f64 = 1_000.0;
pub const AGENT: f64 = 2_000.0;

#[derive(Default)]
pub struct Ear {
    samples: VecDeque<f64>,
}

impl Ear {
    pub fn hear(&mut self, octets: &[u8], decode: fn(u8) -> i16) {
        for octet in octets {
            self.samples.push_back(f64::from(decode(*octet)));
        }
        while self.samples.len() > WINDOW {
            self.samples.pop_front();
        }
    }

    pub fn forget(&mut self) {
        self.samples.clear();
    }

    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    /// The one tone that is heard, and nothing beside it.
    pub fn only(&self) -> Option<f64> {
        if self.samples.len() < WINDOW {
            return None;
        }
        let total: f64 = self.samples.iter().map(|sample| sample * sample).sum();
        let share = |hertz| self.power(hertz) / total.max(1.0);
        let tones = [MUSIC, CALLER, AGENT];
        let heard = tones.into_iter().find(|hertz| share(*hertz) > 0.9)?;
        let others: f64 = tones.into_iter().filter(|hertz| *hertz != heard).map(share).sum();
        (others < 0.01).then_some(heard)
    }

    /// Energy at one frequency (Goertzel), in the unit of a sum of squares.
    fn power(&self, hertz: f64) -> f64 {
        let turn = 2.0 * (std::f64::consts::TAU * hertz / 8_000.0).cos();
        let (mut last, mut before) = (0.0, 0.0);
        for sample in &self.samples {
            (last, before) = (sample + turn * last - before, last);
        }
        let magnitude = last * last + before * before - turn * last * before;
        2.0 * magnitude / self.samples.len() as f64
    }
}

/// 20 ms of a tone, number `index`.
pub fn tone(hertz: f64, index: u32, encode: fn(i16) -> u8) -> Vec<u8> {
    let sample = |n: u32| 8_000.0 * (std::f64::consts::TAU * hertz * f64::from(n) / 8_000.0).sin();
    (index * 160..(index + 1) * 160).map(|n| encode(sample(n) as i16)).collect()
}

/// G.711 written a second time, the slow way, from the standard's decision values.
pub fn mu_decode(octet: u8) -> i16 {
    let octet = !octet;
    let magnitude = ((i32::from(octet & 15) * 2 + 33) << (octet >> 4 & 7)) - 33;
    (if octet & 128 == 0 { magnitude } else { -magnitude } * 4) as i16
}

pub fn a_decode(octet: u8) -> i16 {
    let octet = octet ^ 0x55;
    let (segment, step) = (octet >> 4 & 7, i32::from(octet & 15) * 2 + 1);
    let magnitude = if segment == 0 { step } else { (step + 32) << (segment - 1) };
    (if octet & 128 == 0 { -magnitude } else { magnitude } * 8) as i16
}

pub fn mu_encode(sample: i16) -> u8 {
    nearest(sample, mu_decode)
}

pub fn a_encode(sample: i16) -> u8 {
    nearest(sample, a_decode)
}

fn nearest(sample: i16, decode: fn(u8) -> i16) -> u8 {
    (0..=255).min_by_key(|octet| (i32::from(decode(*octet)) - i32::from(sample)).abs()).unwrap_or_default()
}

//! G.711 (ITU-T G.711): the two companding laws and the tables between them.
//!
//! A call is passed through untouched where both sides speak one law; where
//! they differ each octet is looked up in a table of 256.

/// Which law a side speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Law {
    /// μ-law, PCMU, static payload type 0.
    Mu,
    /// A-law, PCMA, static payload type 8.
    A,
}

impl Law {
    /// The static payload type (RFC 3551 6).
    pub(crate) fn payload_type(self) -> u8 {
        match self {
            Self::Mu => 0,
            Self::A => 8,
        }
    }

    /// The encoding name in SDP.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Mu => "PCMU",
            Self::A => "PCMA",
        }
    }

    /// One octet of silence.
    pub(crate) fn silence(self) -> u8 {
        match self {
            Self::Mu => 0xff,
            Self::A => 0xd5,
        }
    }

    /// Encodes one 16-bit sample.
    pub(crate) fn encode(self, sample: i16) -> u8 {
        match self {
            Self::Mu => mu_encode(sample),
            Self::A => a_encode(sample),
        }
    }

    /// Decodes one octet to a 16-bit sample.
    #[cfg(test)]
    pub(crate) fn decode(self, octet: u8) -> i16 {
        match self {
            Self::Mu => mu_decode(octet),
            Self::A => a_decode(octet),
        }
    }
}

/// Re-codes octets in place from one law to the other; does nothing when they are the same.
pub(crate) fn transcode(octets: &mut [u8], from: Law, to: Law) {
    let table = match (from, to) {
        (Law::Mu, Law::A) => &MU_TO_A,
        (Law::A, Law::Mu) => &A_TO_MU,
        _ => return,
    };
    for octet in octets {
        *octet = table[usize::from(*octet)];
    }
}

static MU_TO_A: [u8; 256] = table(Law::Mu);
static A_TO_MU: [u8; 256] = table(Law::A);

const fn table(from: Law) -> [u8; 256] {
    let mut table = [0; 256];
    let mut octet: usize = 0;
    while octet < 256 {
        table[octet] = match from {
            Law::Mu => a_encode(mu_decode(octet as u8)),
            Law::A => mu_encode(a_decode(octet as u8)),
        };
        octet += 1;
    }
    table
}

const MU_BIAS: i32 = 0x84;

const fn mu_encode(sample: i16) -> u8 {
    let sign: u8 = if sample < 0 { 0x80 } else { 0 };
    let mut magnitude = (sample as i32).abs();
    if magnitude > 32_635 {
        magnitude = 32_635;
    }
    magnitude += MU_BIAS;
    // With the bias the highest set bit is bit 7 to 14.
    let exponent = 24 - (magnitude as u32).leading_zeros() as i32;
    let mantissa = (magnitude >> (exponent + 3)) & 0x0f;
    !(sign | ((exponent as u8) << 4) | mantissa as u8)
}

const fn mu_decode(octet: u8) -> i16 {
    let octet = !octet;
    let exponent = ((octet >> 4) & 7) as i32;
    let mantissa = (octet & 0x0f) as i32;
    let magnitude = (((mantissa << 3) + MU_BIAS) << exponent) - MU_BIAS;
    if octet & 0x80 == 0 { magnitude as i16 } else { -magnitude as i16 }
}

const fn a_encode(sample: i16) -> u8 {
    let sign: u8 = if sample >= 0 { 0x80 } else { 0 };
    let magnitude = if sample >= 0 { sample as i32 } else { !(sample as i32) } >> 3;
    let (exponent, mantissa) = if magnitude < 32 {
        (0, magnitude >> 1)
    } else {
        let exponent = 31 - (magnitude as u32).leading_zeros() as i32 - 4;
        (exponent, magnitude >> exponent & 0x0f)
    };
    (sign | ((exponent as u8) << 4) | (mantissa as u8 & 0x0f)) ^ 0x55
}

const fn a_decode(octet: u8) -> i16 {
    let octet = octet ^ 0x55;
    let exponent = ((octet >> 4) & 7) as i32;
    let mantissa = (octet & 0x0f) as i32;
    let magnitude =
        if exponent == 0 { (mantissa << 4) + 8 } else { ((mantissa << 4) + 0x108) << (exponent - 1) };
    if octet & 0x80 == 0 { -magnitude as i16 } else { magnitude as i16 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_of_the_standard() {
        for (law, sample, octet) in [
            (Law::Mu, 0, 0xff),
            (Law::Mu, 32_635, 0x80),
            (Law::Mu, -32_635, 0x00),
            (Law::Mu, 1_000, 0xce),
            (Law::A, 0, 0xd5),
            (Law::A, 32_767, 0xaa),
            (Law::A, -32_768, 0x2a),
            (Law::A, 1_000, 0xfa),
        ] {
            assert_eq!(law.encode(sample), octet, "{law:?} {sample}");
        }
    }

    #[test]
    fn an_octet_survives_decoding_and_encoding() {
        for law in [Law::Mu, Law::A] {
            for octet in 0..=255u8 {
                let again = law.encode(law.decode(octet));
                // μ-law has two zeros.
                assert!(again == octet || (law == Law::Mu && octet == 0x7f), "{law:?} {octet:#x} {again:#x}");
            }
        }
    }

    #[test]
    fn transcoding_keeps_the_sample_within_a_step() {
        for from in [Law::Mu, Law::A] {
            let to = if from == Law::Mu { Law::A } else { Law::Mu };
            for octet in 0..=255u8 {
                let mut recoded = [octet];
                transcode(&mut recoded, from, to);
                let (before, after) = (i32::from(from.decode(octet)), i32::from(to.decode(recoded[0])));
                assert!(
                    (before - after).abs() <= 16 + before.abs() / 16,
                    "{from:?} {octet:#x}: {before} {after}"
                );
            }
        }
    }
}

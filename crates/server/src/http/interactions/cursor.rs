//! The place in the list, as an opaque text.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hookflash_domain::{InteractionId, Timestamp};
use hookflash_store::interactions::Cursor;
use uuid::Uuid;

/// As the client gets it.
pub(super) fn encode(cursor: Cursor) -> String {
    let at = cursor.started_at.0.to_be_bytes();
    URL_SAFE_NO_PAD.encode([at.as_slice(), cursor.interaction_id.0.as_bytes()].concat())
}

/// As the client sends it back; none if it is not one of ours.
pub(super) fn decode(text: &str) -> Option<Cursor> {
    let bytes: [u8; 24] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
    let (at, id) = bytes.split_first_chunk::<8>()?;
    let interaction_id = InteractionId(Uuid::from_slice(id).ok()?);
    Some(Cursor { started_at: Timestamp(i64::from_be_bytes(*at)), interaction_id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_and_nonsense_is_none() {
        let cursor = Cursor {
            started_at: Timestamp(1_760_000_000_123),
            interaction_id: InteractionId(Uuid::from_u128(0x0199_f0c2)),
        };
        assert_eq!(decode(&encode(cursor)), Some(cursor));
        for text in ["", "x", "AAAA", &"A".repeat(33), "' or 1=1 --"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}

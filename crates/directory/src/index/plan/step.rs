//! How far a search goes.

/// How far a search goes; each step is only taken when the ones before found too few.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index) enum Step {
    /// Every word is of the name.
    Names,
    /// Words may also be of another field.
    Fields,
    /// And the word of that number, of the name, has an error.
    OneTypo(usize),
    /// All words of the name may have one. Only taken when nobody was found before.
    Typos,
}

impl Step {
    pub(super) fn has_fields(self) -> bool {
        self != Self::Names
    }
}

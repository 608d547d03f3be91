//! How the field's types lie in a column, the same on both engines.

use crate::{Secret, StoreError};
use hookflash_domain::{
    ConsultId, DispositionId, InteractionId, MessageId, NetworkId, OfferId, QueueId, Timestamp, UserId,
};
use uuid::Uuid;

/// Longest text in one column, in bytes. It bounds what one row can take; the limits that people
/// meet are far smaller and belong to the domain.
const MAX_TEXT_BYTES: usize = 4 << 20;

/// A value of a column.
pub(crate) trait Column: Sized {
    /// What sqlx reads.
    type Raw;
    /// What sqlx binds.
    type Bound<'a>
    where
        Self: 'a;
    fn from_raw(raw: Self::Raw) -> Self;
    fn bound(&self) -> Self::Bound<'_>;
    /// The text to check before it is written, if it is one.
    fn text(&self) -> Option<&str> {
        None
    }
}

/// A row that can be bound, field after field, to a statement of the engine `D`.
pub(crate) trait BindTo<D: sqlx::Database> {
    fn bind_to<'q>(
        &self,
        query: sqlx::query::Query<'q, D, D::Arguments>,
    ) -> sqlx::query::Query<'q, D, D::Arguments>;
}

/// A row whose fields can be added to the arguments `A` of a statement that is still being made.
pub(crate) trait AddTo<A> {
    fn add_to(&self, arguments: &mut A) -> Result<(), sqlx::error::BoxDynError>;
}

/// Refuses what the engines do not agree on.
pub(crate) fn check_text(name: &'static str, text: &str) -> Result<(), StoreError> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(StoreError::TooLong(name));
    }
    if text.as_bytes().contains(&0) {
        return Err(StoreError::NulCharacter(name));
    }
    Ok(())
}

macro_rules! as_is {
    ($($ty:ty),+) => {$(
        impl Column for $ty {
            type Raw = $ty;
            type Bound<'a> = $ty;
            fn from_raw(raw: $ty) -> Self { raw }
            fn bound(&self) -> $ty { *self }
        }
    )+};
}
as_is!(i64, bool, Uuid);

macro_rules! newtype {
    ($($ty:ident($raw:ty)),+) => {$(
        impl Column for $ty {
            type Raw = $raw;
            type Bound<'a> = $raw;
            fn from_raw(raw: $raw) -> Self { Self(raw) }
            fn bound(&self) -> $raw { self.0 }
        }
    )+};
}
newtype!(
    InteractionId(Uuid),
    ConsultId(Uuid),
    MessageId(Uuid),
    OfferId(Uuid),
    QueueId(Uuid),
    DispositionId(Uuid),
    UserId(Uuid),
    Timestamp(i64)
);

impl Column for String {
    type Raw = Self;
    type Bound<'a> = &'a str;
    fn from_raw(raw: Self) -> Self {
        raw
    }
    fn bound(&self) -> &str {
        self
    }
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Column for NetworkId {
    type Raw = String;
    type Bound<'a> = &'a str;
    fn from_raw(raw: String) -> Self {
        Self(raw)
    }
    fn bound(&self) -> &str {
        &self.0
    }
    fn text(&self) -> Option<&str> {
        Some(&self.0)
    }
}

impl Column for Vec<u8> {
    type Raw = Self;
    type Bound<'a> = &'a [u8];
    fn from_raw(raw: Self) -> Self {
        raw
    }
    fn bound(&self) -> &[u8] {
        self
    }
}

impl<T: Column> Column for Option<T> {
    type Raw = Option<T::Raw>;
    type Bound<'a>
        = Option<T::Bound<'a>>
    where
        T: 'a;
    fn from_raw(raw: Self::Raw) -> Self {
        raw.map(T::from_raw)
    }
    fn bound(&self) -> Self::Bound<'_> {
        self.as_ref().map(T::bound)
    }
    fn text(&self) -> Option<&str> {
        self.as_ref().and_then(T::text)
    }
}

impl<T: Column> Column for Secret<T> {
    type Raw = T::Raw;
    type Bound<'a>
        = T::Bound<'a>
    where
        T: 'a;
    fn from_raw(raw: Self::Raw) -> Self {
        Self(T::from_raw(raw))
    }
    fn bound(&self) -> Self::Bound<'_> {
        self.0.bound()
    }
    fn text(&self) -> Option<&str> {
        self.0.text()
    }
}

//! The macros that let one text serve both engines.

/// Runs one expression on whichever engine it is: `on!(conn, c => query(SQL).execute(c).await)`.
macro_rules! on {
    ($engine:expr, $handle:ident => $body:expr) => {
        match $engine {
            $crate::db::Engine::Sqlite($handle) => $body,
            $crate::db::Engine::Postgres($handle) => $body,
        }
    };
}

/// Names a room's SQL, and lists it so that a test can ask both engines whether they understand it.
macro_rules! sql {
    ($($(#[$meta:meta])* $name:ident = $text:expr;)+) => {
        $($(#[$meta])* pub(crate) const $name: &str = $text;)+
        #[cfg(any(test, feature = "testing"))]
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}

/// A row: a struct whose fields are named as the columns, read by name and bound in field order.
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $ty:ty,)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $ty,)+ }

        row!(@engine sqlx::Sqlite, sqlx::sqlite::SqliteRow, sqlx::sqlite::SqliteArguments, $name { $($field: $ty,)+ });
        row!(@engine sqlx::Postgres, sqlx::postgres::PgRow, sqlx::postgres::PgArguments, $name { $($field: $ty,)+ });

        #[allow(dead_code, reason = "rows that are only read need no check")]
        impl $name {
            pub(crate) fn check(&self) -> Result<(), $crate::StoreError> {
                $(if let Some(text) = $crate::column::Column::text(&self.$field) {
                    $crate::column::check_text(stringify!($field), text)?;
                })+
                Ok(())
            }
        }
    };
    (@engine $engine:ty, $row:ty, $arguments:ty, $name:ident { $($field:ident: $ty:ty,)+ }) => {
        impl<'r> sqlx::FromRow<'r, $row> for $name {
            fn from_row(row: &'r $row) -> sqlx::Result<Self> {
                Ok(Self { $($field: <$ty as $crate::column::Column>::from_raw(
                    sqlx::Row::try_get(row, stringify!($field))?,
                ),)+ })
            }
        }
        impl $crate::column::BindTo<$engine> for $name {
            fn bind_to<'q>(
                &self,
                query: sqlx::query::Query<'q, $engine, <$engine as sqlx::Database>::Arguments>,
            ) -> sqlx::query::Query<'q, $engine, <$engine as sqlx::Database>::Arguments> {
                query$(.bind($crate::column::Column::bound(&self.$field)))+
            }
        }
        impl $crate::column::AddTo<$arguments> for $name {
            fn add_to(
                &self,
                arguments: &mut $arguments,
            ) -> Result<(), sqlx::error::BoxDynError> {
                use sqlx::Arguments as _;
                $(arguments.add($crate::column::Column::bound(&self.$field))?;)+
                Ok(())
            }
        }
    };
}

/// A row with columns of other tables beside it.
macro_rules! joined {
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $(#[$row_meta:meta])* $row_vis:vis $row_field:ident: $row_ty:ty,
        $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $ty:ty,)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis struct $name {
            $(#[$row_meta])* $row_vis $row_field: $row_ty,
            $($(#[$field_meta])* $field_vis $field: $ty,)+
        }
        joined!(@engine sqlx::sqlite::SqliteRow, $name { $row_field: $row_ty, $($field: $ty,)+ });
        joined!(@engine sqlx::postgres::PgRow, $name { $row_field: $row_ty, $($field: $ty,)+ });
    };
    (@engine $engine:ty, $name:ident { $row_field:ident: $row_ty:ty, $($field:ident: $ty:ty,)+ }) => {
        impl<'r> sqlx::FromRow<'r, $engine> for $name {
            fn from_row(row: &'r $engine) -> sqlx::Result<Self> {
                Ok(Self {
                    $row_field: <$row_ty as sqlx::FromRow<'r, $engine>>::from_row(row)?,
                    $($field: <$ty as $crate::column::Column>::from_raw(
                        sqlx::Row::try_get(row, stringify!($field))?,
                    ),)+
                })
            }
        }
    };
}

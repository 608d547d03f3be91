//! What is in a file, as the body of an answer.

use crate::reports::Offered;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt as _, stream};
use hookflash_store::Store;
use std::io;
use std::sync::Arc;
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

/// How much of a file on disk is read at once.
const CHUNK_BYTES: usize = 128 << 10;

/// A file to be saved under this name; the name is of our own making and needs no escape.
pub(in crate::http) fn attachment(
    name: &str,
    media_type: &'static str,
    byte_count: u64,
    body: Body,
) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_LENGTH, byte_count.to_string()),
    ];
    (headers, body).into_response()
}

/// Part by part from the store. A file that is removed meanwhile breaks off, which the client notices.
pub(super) fn of_store(store: Store, file: Offered) -> Body {
    let (count, source) = (file.part_count, Arc::new((store, file)));
    let parts = stream::iter(0..count).then(move |no| {
        let source = Arc::clone(&source);
        async move { part(&source.0, &source.1, no).await.map(Bytes::from) }
    });
    Body::from_stream(parts)
}

/// A part of a file.
///
/// # Errors
/// The store's, and that the file was removed.
pub(super) async fn part(store: &Store, file: &Offered, no: i64) -> io::Result<Vec<u8>> {
    let found = store.report_part(file.run_id, file.format.word(), no).await.map_err(io::Error::other)?;
    found.ok_or_else(|| io::Error::other("the report was removed"))
}

/// Piece by piece from the disk.
pub(in crate::http) fn of_disk(file: std::fs::File) -> Body {
    let pieces = stream::try_unfold(File::from_std(file), async |mut file| {
        let mut piece = Vec::with_capacity(CHUNK_BYTES);
        let count = (&mut file).take(CHUNK_BYTES as u64).read_to_end(&mut piece).await?;
        io::Result::Ok((count > 0).then_some((Bytes::from(piece), file)))
    });
    Body::from_stream(pieces)
}

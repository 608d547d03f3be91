//! `GET /api/v1/reports/archive`

use super::content::{attachment, of_disk, part};
use super::visible::{no_file, visible};
use crate::http::extract::QueryOf;
use crate::http::problem::{Code, Problem};
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use crate::reports::{Format, Offered, free_name, offered};
use axum::extract::State;
use axum::response::Response;
use hookflash_store::Store;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Seek as _, Write as _};
use tokio::runtime::Handle;
use utoipa::IntoParams;
use uuid::Uuid;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Most runs of one archive.
const MOST_RUNS: usize = 50;
/// Most bytes of one archive's files: it is made on disk before it is sent.
const MOST_BYTES: u64 = 1 << 30;

/// Which runs.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Asked {
    /// Ids of 1 to 50 runs, with commas between them.
    run_ids: String,
}

/// All files of some runs as one ZIP. Runs without files add nothing.
#[utoipa::path(get, path = "/api/v1/reports/archive", operation_id = "reports_archive", tag = "reports",
    params(Asked), security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, content_type = "application/zip", body = Vec<u8>, description = "The ZIP")))]
pub(in crate::http) async fn archive(
    State(state): State<AppState>,
    SupervisorOrAbove(user): SupervisorOrAbove,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Response, Problem> {
    let mut files = Vec::new();
    for run_id in asked.run_ids()? {
        files.extend(offered(visible(&state, &user, run_id).await?));
    }
    if files.is_empty() {
        return Err(no_file());
    }
    if files.iter().map(|file| file.byte_count).sum::<u64>() > MOST_BYTES {
        return Err(Problem::field("run_ids", "their files are more than 1 GB; choose fewer"));
    }
    // Few at once, because each takes as much disk as its files.
    let permit = state.archives.clone().acquire_owned().await;
    let store = state.store.clone();
    let made = tokio::task::spawn_blocking(move || {
        let made = zip(&store, &files);
        drop(permit);
        made
    });
    let (file, byte_count) =
        made.await.unwrap_or_else(|error| Err(io::Error::other(error))).map_err(|error| {
            tracing::error!(%error, "an archive of reports could not be made");
            Problem::new(Code::Internal, "The archive could not be made. The server's log says more.")
        })?;
    Ok(attachment("reports.zip", "application/zip", byte_count, of_disk(file)))
}

impl Asked {
    fn run_ids(&self) -> Result<Vec<Uuid>, Problem> {
        let ids: Option<Vec<Uuid>> = self.run_ids.split(',').map(|id| id.trim().parse().ok()).collect();
        let mut ids = ids.unwrap_or_default();
        ids.sort_unstable();
        ids.dedup();
        if (1..=MOST_RUNS).contains(&ids.len()) {
            Ok(ids)
        } else {
            Err(Problem::field("run_ids", format!("must be 1 to {MOST_RUNS} ids with commas between them")))
        }
    }
}

/// The archive, ready to be read from its beginning, and its size. Blocks.
fn zip(store: &Store, files: &[Offered]) -> io::Result<(File, u64)> {
    let runtime = Handle::current();
    // It has no name, so nothing is left behind.
    let mut archive = ZipWriter::new(tempfile::tempfile()?);
    let mut names = BTreeSet::new();
    for file in files {
        // The others are compressed already.
        let method =
            if file.format == Format::Csv { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default().compression_method(method);
        archive.start_file(free_name(&mut names, &file.name), options)?;
        for no in 0..file.part_count {
            archive.write_all(&runtime.block_on(part(store, file, no))?)?;
        }
    }
    let mut file = archive.finish()?;
    let byte_count = file.stream_position()?;
    file.rewind()?;
    Ok((file, byte_count))
}

//! Why no file came of it.

/// Why a report was not written. What was written up to then is no report and is to be thrown away.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The format cannot hold, or should not hold, so many rows.
    #[error(
        "more than {limit} rows do not fit into {format}; choose a shorter period or fewer queues and users, or another format"
    )]
    TooManyRows {
        /// The format's name.
        format: &'static str,
        /// How many fit.
        limit: usize,
    },
    /// Whoever asked does not want it any more.
    #[error("the report is not wanted any more")]
    Stopped,
    /// It could not be written.
    #[error("the file could not be written: {0}")]
    Io(#[from] std::io::Error),
    /// The PDF could not be made.
    #[error("the PDF could not be made: {0}")]
    Pdf(krilla::error::KrillaError),
    /// The XLSX could not be made.
    #[error("the XLSX could not be made: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

impl From<krilla::error::KrillaError> for ReportError {
    fn from(error: krilla::error::KrillaError) -> Self {
        Self::Pdf(error)
    }
}

impl From<csv::Error> for ReportError {
    fn from(error: csv::Error) -> Self {
        Self::Io(error.into())
    }
}

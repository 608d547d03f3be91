//! Figures, papers and the live floor: how fast they come, beside their peers. `docs/performance.md` explains.

mod history;
mod live;
mod papers;
mod table;

use history::History;
use hookflash_bench::database::{Cluster, Database};
use hookflash_bench::machine;
use hookflash_bench::programs::Programs;

/// Parts that can be asked for alone, by `HOOKFLASH_BENCH_PARTS`.
const PARTS: &str = "papers,history,live";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    if let [_, command, format, rows, out] = std::env::args().collect::<Vec<_>>().as_slice()
        && command == "write"
    {
        return papers::write(format, rows, out);
    }
    println!("machine: {}", machine::described());
    let wanted = std::env::var("HOOKFLASH_BENCH_PARTS").unwrap_or_else(|_| PARTS.to_owned());
    let is_wanted = |part: &str| wanted.split(',').any(|one| one == part);
    let programs = Programs::find()?;
    let mut result = vec!["RESULT reports".to_owned()];
    if is_wanted("history") {
        let history = History::make(&programs)?;
        let sqlite = history.measure(&programs, Database::Sqlite).await?;
        let cluster = Database::Postgres(Box::new(Cluster::start().await?));
        let postgres = history.measure(&programs, cluster).await?;
        result.push(format!(
            "interval_sqlite_s={:.3} interval_postgres_s={:.3}",
            sqlite.interval_s, postgres.interval_s
        ));
        result.push(format!("interactions_p99_ms={:.1}", sqlite.pages.p99().max(postgres.pages.p99())));
    }
    if is_wanted("papers") {
        let (pdf, xlsx) = (papers::against_weasyprint()?, papers::against_xlsxwriter()?);
        result.push(format!("pdf20_s={:.2} pdf_ratio={:.1}", pdf.ours_s, pdf.ratio));
        result.push(format!("xlsx_ratio={:.1} xlsx_mb={:.0}", xlsx.ratio, xlsx.peak_mb));
    }
    if is_wanted("live") {
        let live = live::measure(&programs).await?;
        result.push(format!("live_p99_ms={:.1} live_cores={:.2}", live.p99_ms, live.cores));
    }
    println!("{}", result.join(" "));
    Ok(())
}

//! What the machine and its kernel say.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Context as _;

/// How long memory has to rest.
const SETTLED_FOR: Duration = Duration::from_secs(5);

/// Resident memory of a process in kB (`VmRSS`, proc(5)).
///
/// # Errors
/// There is no such process.
pub fn resident_kb(process: u32) -> anyhow::Result<u64> {
    status_kb(process, "VmRSS:")
}

/// The most resident memory that a process has had, in kB (`VmHWM`, proc(5)).
///
/// # Errors
/// There is no such process.
pub fn peak_kb(process: u32) -> anyhow::Result<u64> {
    status_kb(process, "VmHWM:")
}

/// Resident memory of a process in kB once it rests: until it has not moved by a hundredth for five seconds.
///
/// # Errors
/// There is no such process.
pub async fn settled_kb(process: u32) -> anyhow::Result<u64> {
    let mut last = resident_kb(process)?;
    let mut since = crate::clock::now();
    loop {
        tokio::time::sleep(Duration::from_millis(250)).await;
        let now = resident_kb(process)?;
        if now.abs_diff(last) > last / 100 {
            (last, since) = (now, crate::clock::now());
        } else if since.elapsed() > SETTLED_FOR {
            return Ok(now);
        }
    }
}

/// CPU time of a process in seconds, user and system (`/proc/<pid>/stat`, fields 14 and 15 of proc(5), in
/// hundredths of a second).
///
/// # Errors
/// There is no such process.
pub fn cpu_s(process: u32) -> anyhow::Result<f64> {
    cpu_in(&std::fs::read_to_string(format!("/proc/{process}/stat"))?)
}

/// CPU time of this process's threads of a name, in seconds; a thread that has ended counts no longer.
///
/// # Errors
/// The kernel's files cannot be read.
pub fn cpu_of_threads_s(name: &str) -> anyhow::Result<f64> {
    let mut all = 0.0;
    for task in std::fs::read_dir("/proc/self/task")?.flatten() {
        // One that ends in between is as good as ended.
        let Ok(text) = std::fs::read_to_string(task.path().join("stat")) else { continue };
        if text.contains(&format!("({name})")) {
            all += cpu_in(&text)?;
        }
    }
    Ok(all)
}

/// How many descriptors of each kind a process has open; a file's kind is its name.
///
/// # Errors
/// The process has ended.
pub fn descriptors(process: u32) -> anyhow::Result<BTreeMap<String, usize>> {
    let mut kinds = BTreeMap::new();
    for descriptor in std::fs::read_dir(format!("/proc/{process}/fd"))? {
        // One may be closed meanwhile.
        let Ok(target) = std::fs::read_link(descriptor?.path()) else { continue };
        let target = target.to_string_lossy();
        let kind = target.split_once(":[").map_or(&*target, |(kind, _)| kind);
        *kinds.entry(kind.to_owned()).or_default() += 1;
    }
    Ok(kinds)
}

fn status_kb(process: u32, name: &str) -> anyhow::Result<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)).with_context(|| format!("no {name}"))?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
}

fn cpu_in(text: &str) -> anyhow::Result<f64> {
    // The second field, the name in brackets, may hold blanks.
    let fields = text.rsplit_once(')').context("no name")?.1;
    let ticks = |n: usize| -> anyhow::Result<f64> {
        Ok(fields.split_whitespace().nth(n - 3).context("too few fields")?.parse()?)
    };
    Ok((ticks(14)? + ticks(15)?) / 100.0)
}

/// A temporary folder; with `HOOKFLASH_KEEP_FOLDERS` set it stays, for a look at what went wrong.
///
/// # Errors
/// It cannot be made.
pub fn folder() -> std::io::Result<tempfile::TempDir> {
    let keep = std::env::var_os("HOOKFLASH_KEEP_FOLDERS").is_some();
    let folder = tempfile::Builder::new().prefix("hookflash-").disable_cleanup(keep).tempdir()?;
    if keep {
        eprintln!("kept: {}", folder.path().display());
    }
    Ok(folder)
}

/// A port of the loopback interface that was free a moment ago.
///
/// # Errors
/// None is free.
pub fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// One line about the machine.
#[must_use]
pub fn described() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory_kb: u64 = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:")?.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or_default();
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default().to_owned();
    format!("{cores} cores, {} GB, Linux {}, load {load}", memory_kb / 1_000_000, kernel.trim())
}

//! A PostgreSQL server in a temporary folder, on a Unix socket, without root's rights.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, raw_sql};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::Mutex;

const INSTALL: &str = "PostgreSQL is needed; install with: apt-get install postgresql (or set PG_BIN)";

/// Starts the server and waits on its own input. The end of the input, which comes even when the
/// test process is killed, stops the server by its id and removes the folder; a line says keep it.
const SUPERVISE: &str = r#"
"$1" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c full_page_writes=off \
    -c max_connections=200 </dev/null >>"$2/log" 2>&1 &
server=$!
word=
read -r word
kill -INT "$server" 2>/dev/null
wait "$server"
[ "$word" = keep ] || rm -rf "$2"
"#;

static SHARED: Mutex<Weak<Cluster>> = Mutex::const_new(Weak::new());

/// A running server; stopped when dropped.
#[derive(Debug)]
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    owner: Option<(u32, u32)>,
    supervisor: std::sync::Mutex<Option<Child>>,
    database_count: AtomicU64,
}

impl Cluster {
    /// The server that this process's tests share; it stops when the last of them lets go.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start.
    pub async fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().await;
        if let Some(cluster) = shared.upgrade() {
            return cluster;
        }
        let cluster = Arc::new(Self::start_new().await);
        *shared = Arc::downgrade(&cluster);
        cluster
    }

    /// A server of its own, for tests that stop it.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start.
    pub async fn start_new() -> Self {
        let programs = find_programs().expect(INSTALL);
        let folder = TempDir::with_prefix("hookflash-pg-").expect("a temporary folder");
        let owner = other_owner(folder.path());
        let cluster = Self {
            folder,
            programs,
            owner,
            supervisor: std::sync::Mutex::default(),
            database_count: AtomicU64::default(),
        };
        cluster.init();
        cluster.start().await;
        cluster
    }

    /// Makes the server's folder, by copying one made before: a test runner that gives each test
    /// its own process would spend most of its time in `initdb`.
    fn init(&self) {
        let data = self.folder.path().join("data");
        let place = self.programs.to_string_lossy().replace('/', "_");
        let uid = self.owner.map_or_else(|| uid_of(self.folder.path()), |(uid, _)| Some(uid));
        let made_before =
            std::env::temp_dir().join(format!("hookflash-pg-template-{}{place}", uid.unwrap_or(0)));
        // Somebody else's folder of that name is not trusted.
        if uid.is_some() && uid_of(&made_before) == uid {
            self.copy(&made_before, &data);
            return;
        }
        let mut initdb = self.command(&self.programs.join("initdb"));
        initdb.arg("-D").arg(&data);
        run(initdb.args(["-U", "hookflash", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]));
        let copy = self.folder.path().join("template");
        self.copy(&data, &copy);
        // Whole or not at all; when another process was first, its own serves as well.
        let _ = std::fs::rename(&copy, &made_before);
    }

    fn copy(&self, from: &Path, to: &Path) {
        run(self.command(Path::new("cp")).arg("-R").arg("-p").arg(from).arg(to));
    }

    /// Starts the server again after [`Cluster::stop`].
    ///
    /// # Panics
    /// When it does not answer within half a minute.
    pub async fn start(&self) {
        let child = self
            .command(Path::new("/bin/sh"))
            .args(["-c", SUPERVISE, "sh"])
            .arg(self.programs.join("postgres"))
            .arg(self.folder.path())
            .stdin(Stdio::piped())
            .spawn()
            .expect("a shell");
        *self.supervisor.lock().expect("not poisoned") = Some(child);
        for _ in 0..1_500 {
            if let Ok(conn) = self.options("postgres").connect().await {
                // It answered; that it also says good-bye does not matter.
                let _ = conn.close().await;
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        panic!("PostgreSQL does not answer: {log}");
    }

    /// Stops the server and keeps what it stores. Connections break.
    pub fn stop(&self) {
        self.end(b"keep\n");
    }

    fn end(&self, word: &[u8]) {
        let child = self.supervisor.lock().ok().and_then(|mut child| child.take());
        if let Some(mut child) = child {
            if let Some(mut input) = child.stdin.take() {
                // A supervisor that has ended reads nothing, and needs no telling.
                let _ = input.write_all(word);
            }
            let _ = child.wait();
        }
    }

    /// Makes an empty database and gives its address.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn create_database(&self) -> String {
        let name = format!("test_{}", self.database_count.fetch_add(1, Ordering::Relaxed));
        let mut conn: PgConnection = self.options("postgres").connect().await.expect("PostgreSQL answers");
        raw_sql(AssertSqlSafe(format!("create database {name}")))
            .execute(&mut conn)
            .await
            .expect("a database");
        conn.close().await.expect("PostgreSQL closes");
        format!("postgres://hookflash@localhost/{name}?host={}", self.folder.path().display())
    }

    fn options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(self.folder.path())
            .username("hookflash")
            .database(database)
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").stdin(Stdio::null());
        if let Some((uid, gid)) = self.owner {
            command.uid(uid).gid(gid);
        }
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.end(b"");
    }
}

fn run(command: &mut Command) {
    let output = command.output().expect("the program runs");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {words}", command.get_program().display());
}

fn uid_of(path: &Path) -> Option<u32> {
    std::fs::symlink_metadata(path).ok().filter(std::fs::Metadata::is_dir).map(|found| found.uid())
}

/// PostgreSQL refuses to run as root: then the folder is given to another user, who runs it.
fn other_owner(folder: &Path) -> Option<(u32, u32)> {
    if uid_of(folder) != Some(0) {
        return None;
    }
    let accounts = std::fs::read_to_string("/etc/passwd").expect("accounts can be read");
    let owner =
        ["postgres", "nobody"].iter().find_map(|name| ids_of(&accounts, name)).expect("a user but root");
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).expect("rights can be set");
    std::os::unix::fs::chown(folder, Some(owner.0), Some(owner.1)).expect("the folder can be given away");
    Some(owner)
}

fn ids_of(accounts: &str, name: &str) -> Option<(u32, u32)> {
    let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

/// The newest PostgreSQL among `PG_BIN`, the path and Debian's places.
fn find_programs() -> Option<PathBuf> {
    let named = std::env::var_os("PG_BIN").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    let version = |place: &PathBuf| -> u32 {
        let name = place.parent().and_then(Path::file_name).and_then(std::ffi::OsStr::to_str);
        name.and_then(|name| name.parse().ok()).unwrap_or(0)
    };
    debian.sort_by_key(|place| std::cmp::Reverse(version(place)));
    let places = named.into_iter().chain(std::env::split_paths(&path)).chain(debian);
    places.into_iter().find(|place| place.join("initdb").is_file() && place.join("postgres").is_file())
}

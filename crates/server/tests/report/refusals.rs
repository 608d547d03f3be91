//! What cannot be made.

use super::{ALWAYS, history, hookflash, told};

#[test]
fn what_cannot_be_made_is_said_and_what_is_there_stays() {
    let folder = history();
    std::fs::write(folder.path().join("made"), "kept").unwrap();
    let refused = |arguments: &[&str]| {
        let mut all = vec!["report"];
        all.extend(arguments);
        all.extend(["--format", "csv", "--out", "made"]);
        let output = hookflash(folder.path(), &all);
        assert!(!output.status.success());
        told(&output)
    };
    let always = |more: &[&'static str]| [&ALWAYS[..], more].concat();
    assert!(refused(&[&["queue-sumary"], &ALWAYS[..]].concat()).contains("queue-summary, queue-interval"));
    let nobody = refused(&[&["queue-summary"], &always(&["--queue", "Nobody"])[..]].concat());
    assert!(nobody.contains("there is no queue of the name Nobody"), "{nobody}");
    assert!(refused(&["queue-summary"]).contains("--from"));
    let agent = refused(&[&["queue-summary"], &always(&["--agent", "Dana"])[..]].concat());
    assert!(agent.contains("queue-summary cannot be narrowed down to agents"), "{agent}");
    for name in ["agent-summary", "agent-log-ins"] {
        assert!(
            refused(&[&[name], &always(&["--queue", "Sales"])[..]].concat()).contains("cannot be narrowed")
        );
    }
    let code = refused(&[&["queue-summary"], &always(&["--disposition", "Solved"])[..]].concat());
    assert!(code.contains("queue-summary cannot be narrowed down to dispositions"), "{code}");
    let grain = refused(&[&["queue-daily"], &always(&["--grain", "hour"])[..]].concat());
    assert!(grain.contains("queue-daily cannot be laid out like that"), "{grain}");
    let nothing = refused(&[&["wrap-up-summary"], &always(&["--asked-for", "Magic"])[..]].concat());
    assert!(nothing.contains("there is no skill or language of the name Magic"), "{nothing}");
    let zone = refused(&[&["queue-summary"], &always(&["--time-zone", "Mars"])[..]].concat());
    assert!(zone.contains("Mars is not a name of the time-zone database"), "{zone}");
    assert_eq!(std::fs::read_to_string(folder.path().join("made")).unwrap(), "kept");
    let left = std::fs::read_dir(folder.path()).unwrap();
    assert!(left.flatten().all(|file| !file.file_name().to_string_lossy().starts_with(".hookflash")));
}

//! The registry's commands as a person calls them.

use super::{pack, release};
use clap::Parser;
use std::path::Path;
use std::process::ExitCode;

#[derive(Parser)]
enum Command {
    Pack(pack::PackArgs),
    Release(release::ReleaseArgs),
}

/// Runs a command line; words with a slash are below `folder`.
async fn run(folder: &Path, line: &str) -> String {
    let below = |word: &str| match word.strip_prefix("./") {
        Some(name) => folder.join(name).display().to_string(),
        None => word.to_owned(),
    };
    let words = std::iter::once("minirun".to_owned()).chain(line.split(' ').map(below));
    let done = match Command::try_parse_from(words).unwrap() {
        Command::Pack(args) => pack::run(args).await,
        Command::Release(args) => release::run(args).await,
    };
    match done {
        Ok(code) if code == ExitCode::SUCCESS => "ok".to_owned(),
        Ok(code) => format!("{code:?}"),
        Err(error) => format!("{error:#}"),
    }
}

fn write_app(folder: &Path, app_json: &str) {
    std::fs::create_dir_all(folder.join("app")).unwrap();
    let files = [
        ("app.json", app_json),
        ("app.js", ""),
        ("p.js", ""),
        ("project.config.json", "{\"appid\": \"wx1\"}"),
    ];
    for (name, text) in files {
        std::fs::write(folder.join("app").join(name), text).unwrap();
    }
}

#[tokio::test]
async fn publishing_works_in_one_command_and_makes_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write_app(folder, "{\"pages\": [\"p\"]}");
    assert_eq!(
        run(folder, "release publish ./app --store ./store --version 1.0.0").await,
        "ok"
    );
    let key = folder.join("store/keys/publisher.pem");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let pem = std::fs::read(&key).unwrap();
    assert_eq!(
        run(
            folder,
            "release publish ./app --store ./store --version 1.1.0 --rollout 20"
        )
        .await,
        "ok"
    );
    assert_eq!(std::fs::read(&key).unwrap(), pem);
    assert_eq!(run(folder, "release list wx1 --store ./store").await, "ok");
    assert_eq!(run(folder, "release log wx1 --store ./store --json").await, "ok");
}

#[tokio::test]
async fn what_the_operator_can_put_right_is_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let refused = format!("{:?}", ExitCode::from(2));
    write_app(folder, "{\"pages\": [\"p\"]}");
    assert_eq!(
        run(folder, "release publish ./app --store ./store --version 1.0.0").await,
        "ok"
    );
    assert_eq!(
        run(folder, "release publish ./app --store ./store --version 1.0").await,
        refused
    );
    assert_eq!(run(folder, "release keygen ./other.pem").await, "ok");
    assert_eq!(run(folder, "release keygen ./other.pem").await, refused);
    let foreign = "release publish ./app --store ./store --version 2.0.0 --key ./other.pem";
    assert_eq!(run(folder, foreign).await, refused);
    assert_eq!(run(folder, "release list wx2 --store ./store").await, refused);
    assert_eq!(run(folder, "release list wx1 --store nowhere://x/y").await, refused);
    let missing = "release publish ./app --store ./store --version 2.0.0 --key ./none.pem";
    assert_eq!(run(folder, missing).await, refused);
    assert_eq!(
        run(folder, "release publish ./none --store ./store --version 2.0.0").await,
        refused
    );
    write_app(folder, "{\"pages\": [\"gone\"]}");
    assert_eq!(
        run(folder, "release publish ./app --store ./store --version 2.0.0").await,
        refused
    );
    assert_eq!(run(folder, "pack ./app -o ./x.mpkg").await, refused);
    assert!(!folder.join("x.mpkg").exists());
}

#[tokio::test]
async fn a_packed_file_can_be_published() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write_app(folder, "{\"pages\": [\"p\"]}");
    assert_eq!(run(folder, "pack ./app -o ./x.mpkg --json").await, "ok");
    assert_eq!(
        run(folder, "release publish ./x.mpkg --store ./store --version 1.0.0").await,
        "ok"
    );
}

#[tokio::test]
#[cfg(unix)]
async fn link_that_leads_out_of_the_sources_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write_app(folder, "{\"pages\": [\"p\"]}");
    std::fs::write(folder.join("secret"), "s").unwrap();
    let link = folder.join("app/data.js");
    std::os::unix::fs::symlink(folder.join("secret"), &link).unwrap();
    assert_eq!(
        run(folder, "pack ./app -o ./x.mpkg").await,
        format!("{:?}", ExitCode::from(2))
    );
    std::fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink(folder.join("app/p.js"), &link).unwrap();
    assert_eq!(run(folder, "pack ./app -o ./x.mpkg").await, "ok");
}

#[tokio::test]
async fn an_operator_does_everything_in_a_local_store_without_naming_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write_app(folder, "{\"pages\": [\"p\"]}");
    let refused = format!("{:?}", ExitCode::from(2));
    let lines = [
        ("publish ./app --version 1.0.0 --rollout 50", &*refused),
        ("publish ./app --version 1.0.0", "ok"),
        ("mode wx1 sync", "ok"),
        ("settings wx1 --sync-budget 3s --min-version 1.0.0", "ok"),
        ("settings wx1 --min-version 1.0.1", &*refused),
        ("settings wx1 --min-version none --release 1", "ok"),
        ("settings wx1", "ok"),
        ("whitelist add wx1 anna bert", "ok"),
        ("whitelist list wx1", "ok"),
        ("rotate wx1", "ok"),
        ("publish ./app --version 1.1.0 --rollout 0", "ok"),
        ("rollback wx1", &*refused),
        ("rollout wx1 20", "ok"),
        ("rollout wx1 10", &*refused),
        ("revoke wx1", "ok"),
        ("rotate wx1 --remove 0000", &*refused),
        ("keys wx1", "ok"),
        ("renew wx1", "ok"),
        ("renew wx9", &*refused),
        ("publish ./app --version 1.2.0", "ok"),
        ("rollback wx1 --to 1.0.0 --json", "ok"),
        ("rollback wx1", &*refused),
        ("list wx1 --json", "ok"),
        ("list wx1", "ok"),
        ("log wx1", "ok"),
    ];
    for (line, outcome) in lines {
        assert_eq!(
            run(folder, &format!("release {line} --store ./store")).await,
            outcome,
            "{line}"
        );
    }
    let key = std::fs::read_to_string(folder.join("store/keys/publisher.pem")).unwrap();
    let old = crate::release::SecretKey::from_pem(&key).unwrap().public().id();
    let remove = format!("release rotate wx1 --remove {old} --store ./store");
    assert_eq!(run(folder, &remove).await, "ok");
    assert_eq!(
        run(folder, "release publish ./app --store ./store --version 1.3.0").await,
        "ok"
    );
    let old = "release publish ./app --store ./store --version 1.4.0 --key ./store/keys/publisher.pem";
    assert_eq!(run(folder, old).await, refused);
    // The store's other apps go on with its first key.
    let other = "release publish ./app --app-id wx2 --store ./store --version 1.0.0";
    assert_eq!(run(folder, other).await, "ok");
}

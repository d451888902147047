//! Faults that a package can come with, each refused before anything is written, and what survives a round trip.

use super::*;
use bytes::Bytes;
use proptest::prelude::*;
use std::io::Write as _;

fn tree(files: &[(&str, &str)]) -> FileTree {
    let files = files
        .iter()
        .map(|(name, text)| (*name, Bytes::from((*text).to_owned())));
    FileTree::from_names(files).unwrap()
}

/// A tar with one entry, as somebody else's tool could write it.
fn tar_with(kind: tar::EntryType, name: &str, link: Option<&str>) -> Bytes {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_mode(0o644);
    header.set_size(0);
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    if let Some(link) = link {
        header.set_link_name(link).unwrap();
    }
    header.set_cksum();
    let mut bytes = header.as_bytes().to_vec();
    bytes.resize(bytes.len() + 1024, 0);
    bytes.into()
}

fn kind_of(archive: &Bytes) -> &'static str {
    match read_archive(archive, 10) {
        Err(ArchiveError::NotAFile { kind, .. }) => kind,
        other => panic!("{other:?}"),
    }
}

#[test]
fn symlink_is_refused() {
    assert_eq!(
        kind_of(&tar_with(tar::EntryType::Symlink, "a", Some("/etc/passwd"))),
        "a symbolic link"
    );
}

#[test]
fn hard_link_is_refused() {
    assert_eq!(kind_of(&tar_with(tar::EntryType::Link, "a", Some("b"))), "a hard link");
}

#[test]
fn device_pipe_and_folder_are_refused() {
    assert_eq!(kind_of(&tar_with(tar::EntryType::Block, "a", None)), "a device");
    assert_eq!(kind_of(&tar_with(tar::EntryType::Char, "a", None)), "a device");
    assert_eq!(kind_of(&tar_with(tar::EntryType::Fifo, "a", None)), "a pipe");
    assert_eq!(kind_of(&tar_with(tar::EntryType::Directory, "a/", None)), "a folder");
}

#[test]
fn parent_folder_and_absolute_names_are_refused() {
    let check = |name| read_archive(&tar_with(tar::EntryType::Regular, name, None), 10);
    assert!(matches!(check("../x"), Err(ArchiveError::Path(PathError::Dots(_)))));
    assert!(matches!(
        check("a/../../x"),
        Err(ArchiveError::Path(PathError::Dots(_)))
    ));
    assert!(matches!(check("/x"), Err(ArchiveError::Path(PathError::Absolute(_)))));
    assert!(matches!(
        check("a\\x"),
        Err(ArchiveError::Path(PathError::Character(_)))
    ));
}

/// Two canonical archives, the second behind the first one's entries.
fn joined(first: &FileTree, second: &FileTree) -> Bytes {
    let first = write_archive(first);
    [&first[..first.len() - 1024], &write_archive(second)[..]]
        .concat()
        .into()
}

#[test]
fn duplicate_and_case_clash_are_refused() {
    let check = |a, b| read_archive(&joined(&tree(&[(a, "1")]), &tree(&[(b, "2")])), 10);
    assert!(matches!(check("a", "a"), Err(ArchiveError::Clash(Clash::Twice(_)))));
    assert!(matches!(check("a", "A"), Err(ArchiveError::Clash(Clash::Case(..)))));
    assert!(matches!(
        check("a", "a/b"),
        Err(ArchiveError::Clash(Clash::FileAndFolder(..)))
    ));
}

#[test]
fn other_forms_of_the_same_files_are_refused() {
    let (a, b) = (tree(&[("a", "1")]), tree(&[("b", "2")]));
    assert!(read_archive(&joined(&a, &b), 10).is_ok());
    assert_eq!(read_archive(&joined(&b, &a), 10), Err(ArchiveError::NotCanonical));
    let trailing: Bytes = [&write_archive(&a)[..], &[0; 512]].concat().into();
    assert_eq!(read_archive(&trailing, 10), Err(ArchiveError::NotCanonical));
    let cut = write_archive(&a).slice(..600);
    assert!(read_archive(&cut, 10).is_err());
    assert!(read_archive(&Bytes::from_static(b"<html>captive portal</html>"), 10).is_err());
}

#[test]
fn too_many_files_are_refused() {
    let archive = write_archive(&tree(&[("a", ""), ("b", ""), ("c", "")]));
    assert_eq!(read_archive(&archive, 2), Err(ArchiveError::TooManyFiles(2)));
}

#[test]
fn a_digest_does_not_change_between_builds() {
    let long = format!("{}/x.js", "long-folder-name/".repeat(8).trim_end_matches('/'));
    let archive = write_archive(&tree(&[("app.js", "App({})"), (&long, "1")]));
    // Devices compare digests: another value here is a change of the format.
    let digest = "bcc36d4a9029090af827355d98fa36c325eb81218ad0ce3231dc80ab049c63df";
    assert_eq!(Digest::of(&archive).to_hex(), digest);
    assert_eq!(read_archive(&archive, 10).unwrap().read(&long).unwrap(), "1");
}

#[test]
fn zip_bomb_is_refused_before_writing() {
    let bomb = compress(&vec![0; 50 << 20], None, Effort::Thorough).unwrap();
    assert!(bomb.len() < 100_000);
    assert!(matches!(decompress(&bomb, None, 1 << 20), Err(TransportError::TooLong { signed }) if signed == 1 << 20));
}

#[test]
fn cut_off_and_foreign_objects_do_not_decompress() {
    let object = compress(b"some archive, some archive", None, Effort::Thorough).unwrap();
    assert!(matches!(
        decompress(&object[..object.len() - 3], None, 26),
        Err(TransportError::Corrupt(_))
    ));
    assert!(matches!(
        decompress(b"<html>", None, 26),
        Err(TransportError::Corrupt(_))
    ));
    assert!(matches!(
        decompress(&object, None, 27),
        Err(TransportError::TooShort { found: 26, .. })
    ));
}

#[test]
fn a_delta_is_small_and_needs_its_base() {
    // Not compressible by itself, so that only the base can help.
    let base: Vec<u8> = (0u64..400_000)
        .map(|n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8 ^ (n / 7) as u8)
        .collect();
    let mut next = base.clone();
    next.splice(200_000..200_003, *b"changed");
    let delta = compress(&next, Some(&base), Effort::Thorough).unwrap();
    assert!(delta.len() < 1000, "{}", delta.len());
    assert_eq!(decompress(&delta, Some(&base), next.len() as u64).unwrap(), next);
    assert!(decompress(&delta, Some(b"another base"), next.len() as u64).is_err());
    assert!(decompress(&delta, None, next.len() as u64).is_err());
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn zip_that_unpacks_too_large_is_refused() {
    let zip = zip_of(&[("a", &[0; 300_000]), ("b", &[0; 300_000])]);
    assert!(zip.len() < 10_000);
    assert!(matches!(
        read_zip(&zip, 500_000),
        Err(ZipError::TooLarge { limit: 500_000 })
    ));
    assert_eq!(read_zip(&zip, 600_000).unwrap().len(), 2);
}

#[test]
fn zip_with_hostile_names_is_refused() {
    for name in ["../x", "a/../../x", "/x", "C:/x"] {
        assert!(
            matches!(read_zip(&zip_of(&[(name, b"1")]), 100), Err(ZipError::Path(_))),
            "{name}"
        );
    }
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer
        .add_symlink("a", "/etc/passwd", zip::write::SimpleFileOptions::default())
        .unwrap();
    let zip = writer.finish().unwrap().into_inner();
    assert!(matches!(read_zip(&zip, 100), Err(ZipError::Symlink(_))));
    assert!(matches!(
        read_zip(b"PK\x03\x04 and then nothing", 100),
        Err(ZipError::Broken(_))
    ));
}

#[test]
fn a_folder_around_everything_in_a_zip_is_taken_off() {
    let names = |files: &[(&str, &[u8])]| -> Vec<String> {
        read_zip(&zip_of(files), 1000)
            .unwrap()
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    };
    assert_eq!(
        names(&[("app/app.js", b""), ("app/pages/a.js", b"")]),
        ["app.js", "pages/a.js"]
    );
    assert_eq!(
        names(&[("app/app.js", b""), ("__MACOSX/app/._app.js", b"")]),
        ["app.js"]
    );
    assert_eq!(names(&[("app.js", b""), ("pages/a.js", b"")]), ["app.js", "pages/a.js"]);
    assert_eq!(names(&[("a/app.js", b""), ("b/a.js", b"")]), ["a/app.js", "b/a.js"]);
}

fn segment() -> impl Strategy<Value = String> {
    "[a-z0-9_.\u{4e00}-\u{4e20} -]{1,40}".prop_filter("no dots only", |text| text != "." && text != "..")
}

prop_compose! {
    fn any_tree()(files in prop::collection::btree_map(
        prop::collection::vec(segment(), 1..5).prop_map(|segments| segments.join("/")),
        prop::collection::vec(any::<u8>(), 0..2000),
        0..12,
    )) -> Option<FileTree> {
        FileTree::from_names(files.into_iter().map(|(name, bytes)| (name, Bytes::from(bytes)))).ok()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_archive_gives_back_its_files(tree in any_tree()) {
        if let Some(tree) = tree {
            let archive = write_archive(&tree);
            prop_assert_eq!(&read_archive(&archive, 100).unwrap(), &tree);
            let object = compress(&archive, None, Effort::Thorough).unwrap();
            prop_assert_eq!(decompress(&object, None, archive.len() as u64).unwrap(), archive);
        }
    }

    #[test]
    fn a_changed_byte_never_passes_for_the_same_archive(tree in any_tree(), at in any::<prop::sample::Index>(), flip in 1u8..) {
        if let Some(tree) = tree {
            let mut archive = write_archive(&tree).to_vec();
            let at = at.index(archive.len());
            archive[at] ^= flip;
            // Whatever else is read, it is not the old tree: one tree has one archive.
            if let Ok(read) = read_archive(&archive.into(), 100) {
                prop_assert_ne!(read, tree);
            }
        }
    }

    #[test]
    fn parsing_any_text_gives_a_safe_path_or_an_error(text in "[a-zA-Z./\\\\:\u{0}-\u{20}]{0,20}") {
        if let Ok(path) = PackagePath::parse(&text) {
            prop_assert!(path.as_str().split('/').all(|s| !s.is_empty() && s != "." && s != ".."));
            prop_assert!(!std::path::Path::new(path.as_str()).is_absolute());
        }
    }

    #[test]
    fn reading_any_bytes_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
        let bytes = Bytes::from(bytes);
        let _ = read_archive(&bytes, 100);
        let _ = read_zip(&bytes, 1000);
        let _ = decompress(&bytes, None, 1000);
        let _ = read_bundle(&bytes, &PackageLimits::default());
    }
}

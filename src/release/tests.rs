//! What a device must refuse, one test a fault.

use super::*;
use crate::package::{AppId, Digest, Effort, FileTree, PartName, compress, read_archive, write_archive};
use bytes::Bytes;
use serde_json::{Value, json};

fn app() -> AppId {
    AppId::parse("wx1").unwrap()
}

fn key(n: u8) -> SecretKey {
    SecretKey::from_seed(&[n; 32])
}

fn root(version: u64, keys: &[u8], threshold: usize) -> RootDocument {
    RootDocument {
        app_id: app(),
        version,
        threshold,
        keys: keys.iter().map(|n| key(*n).public()).collect(),
        floor: None,
    }
}

fn trust(keys: &[u8], threshold: usize) -> TrustedKeys {
    let secrets: Vec<_> = keys.iter().map(|n| key(*n)).collect();
    TrustedKeys::pin(
        &app(),
        &root(1, keys, threshold).seal(&secrets.iter().collect::<Vec<_>>()),
    )
    .unwrap()
}

fn archive(files: &[(&str, &str)]) -> Bytes {
    let files = files
        .iter()
        .map(|(name, text)| (*name, Bytes::from((*text).to_owned())));
    write_archive(&FileTree::from_names(files).unwrap())
}

fn part(name: PartName, archive: &Bytes, base: Option<&Bytes>) -> Part {
    let object = |bytes: Bytes| Object {
        digest: Digest::of(&bytes),
        length: bytes.len() as u64,
    };
    let delta = |base: &Bytes| Delta {
        base: Digest::of(base),
        object: object(compress(archive, Some(base), Effort::Thorough).unwrap()),
    };
    Part {
        name,
        digest: Digest::of(archive),
        length: archive.len() as u64,
        whole: object(compress(archive, None, Effort::Thorough).unwrap()),
        deltas: base.map(delta).into_iter().collect(),
    }
}

fn release(id: u64, parts: Vec<Part>) -> Release {
    Release {
        id: ReleaseId(id),
        version: format!("1.{id}.0").parse().unwrap(),
        released_at: 0,
        notes: String::new(),
        mode: UpdateMode::Default,
        settings: Settings::default(),
        rollout: Rollout::FULL,
        base_library: None,
        parts,
        config: None,
    }
}

fn main_archive() -> Bytes {
    archive(&[
        ("app.js", "App({})"),
        ("app.json", "{\"pages\": [\"p\"]}"),
        ("p.js", "Page({})"),
    ])
}

fn manifest() -> ReleaseManifest {
    ReleaseManifest {
        app_id: app(),
        seq: 9,
        issued_at: 1000,
        expires_at: 2000,
        root_version: 1,
        whitelist: std::collections::BTreeSet::default(),
        releases: vec![
            release(
                9,
                vec![part(
                    PartName::Main,
                    &main_archive(),
                    Some(&archive(&[("app.js", "old")])),
                )],
            ),
            release(4, vec![part(PartName::Main, &archive(&[("app.js", "old")]), None)]),
        ],
    }
}

fn verify(envelope: &[u8]) -> Result<SignedManifest, TrustError> {
    SignedManifest::verify(envelope, &trust(&[1, 2], 1))
}

fn signed() -> SignedManifest {
    verify(&sign_manifest(&manifest(), &[&key(1)])).unwrap()
}

/// An envelope, changed.
fn edited(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut envelope: Value = serde_json::from_slice(&sign_manifest(&manifest(), &[&key(1)])).unwrap();
    change(&mut envelope);
    serde_json::to_vec(&envelope).unwrap()
}

#[test]
fn a_signed_manifest_is_accepted_by_any_of_its_keys() {
    for n in [1, 2] {
        let signed = verify(&sign_manifest(&manifest(), &[&key(n)])).unwrap();
        assert_eq!(signed.manifest(), &manifest());
        assert_eq!(signed.signed_by(), [key(n).public().id()]);
    }
}

#[test]
fn unsigned_manifest_is_refused() {
    assert_eq!(
        verify(&edited(|e| e["signatures"] = json!([]))),
        Err(TrustError::Unsigned)
    );
    assert!(matches!(
        verify(&serde_json::to_vec(&manifest()).unwrap()),
        Err(TrustError::Malformed { .. })
    ));
}

#[test]
fn foreign_key_is_refused_and_does_no_harm_beside_a_trusted_one() {
    assert_eq!(
        verify(&sign_manifest(&manifest(), &[&key(7)])),
        Err(TrustError::ForeignKey)
    );
    assert!(verify(&sign_manifest(&manifest(), &[&key(7), &key(1)])).is_ok());
}

#[test]
fn foreign_signature_under_a_trusted_key_id_is_refused() {
    let foreign: Value = serde_json::from_slice(&sign_manifest(&manifest(), &[&key(7)])).unwrap();
    let result = verify(&edited(|e| {
        e["signatures"][0]["sig"] = foreign["signatures"][0]["sig"].clone()
    }));
    assert_eq!(
        result,
        Err(TrustError::BadSignature {
            key: key(1).public().id()
        })
    );
}

#[test]
fn changed_payload_is_refused() {
    let other = sign_manifest(&ReleaseManifest { seq: 10, ..manifest() }, &[&key(1)]);
    let other: Value = serde_json::from_slice(&other).unwrap();
    let result = verify(&edited(|e| e["payload"] = other["payload"].clone()));
    assert!(matches!(result, Err(TrustError::BadSignature { .. })));
}

#[test]
fn duplicate_key_ids_count_once() {
    let two = trust(&[1, 2], 2);
    let twice = sign_manifest(&manifest(), &[&key(1), &key(1)]);
    assert_eq!(
        SignedManifest::verify(&twice, &two),
        Err(TrustError::TooFewSignatures { found: 1, needed: 2 })
    );
    assert!(SignedManifest::verify(&sign_manifest(&manifest(), &[&key(1), &key(2)]), &two).is_ok());
}

#[test]
fn threshold_zero_still_needs_a_signature() {
    let none = RootDocument {
        threshold: 0,
        ..root(1, &[1], 0)
    };
    let keys = TrustedKeys::pin(&app(), &none.seal(&[&key(1)])).unwrap();
    assert_eq!(
        SignedManifest::verify(&sign_manifest(&manifest(), &[&key(7)]), &keys),
        Err(TrustError::ForeignKey)
    );
}

#[test]
fn manifest_of_another_app_is_refused() {
    let other = ReleaseManifest {
        app_id: AppId::parse("wx2").unwrap(),
        ..manifest()
    };
    assert!(matches!(
        verify(&sign_manifest(&other, &[&key(1)])),
        Err(TrustError::WrongApp { .. })
    ));
}

#[test]
fn root_document_is_no_manifest() {
    let result = verify(&root(1, &[1], 1).seal(&[&key(1)]));
    assert!(matches!(result, Err(TrustError::WrongType { .. })));
}

#[test]
fn replayed_manifest_is_below_the_floor() {
    let signed = signed();
    assert_eq!(signed.check_floor(9), Ok(()));
    assert_eq!(signed.check_floor(10), Err(TrustError::Replayed { seq: 9, floor: 10 }));
}

#[test]
fn expiry_is_a_flag_and_not_an_error() {
    let manifest = signed().manifest().clone();
    assert!(!manifest.is_expired(1999.9));
    assert!(manifest.is_expired(2000.0));
}

#[test]
fn too_big_too_deep_and_captive_portal_documents_are_refused() {
    assert!(matches!(
        verify(&vec![b' '; MAX_ENVELOPE_BYTES + 1]),
        Err(TrustError::TooBig { .. })
    ));
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    assert!(matches!(verify(&deep), Err(TrustError::Malformed { .. })));
    assert!(matches!(
        verify(b"<html>please log in</html>"),
        Err(TrustError::Malformed { .. })
    ));
    assert!(matches!(verify(b""), Err(TrustError::Malformed { .. })));
}

#[test]
fn too_deep_payload_is_refused() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let envelope = super::envelope::seal(
        "application/vnd.minirun.release-manifest+json",
        deep.as_bytes(),
        &[&key(1)],
    );
    assert!(matches!(
        verify(&envelope),
        Err(TrustError::Malformed {
            document: "manifest",
            ..
        })
    ));
}

#[test]
fn unknown_fields_are_tolerated() {
    let mut value = serde_json::to_value(manifest()).unwrap();
    value["new"] = json!({"a": 1});
    value["releases"][0]["new"] = json!([1]);
    value["releases"][0]["parts"][0]["new"] = json!(null);
    value["releases"][0]["settings"]["new"] = json!("x");
    let payload = serde_json::to_vec(&value).unwrap();
    let envelope = super::envelope::seal("application/vnd.minirun.release-manifest+json", &payload, &[&key(1)]);
    assert_eq!(verify(&envelope).unwrap().manifest(), &manifest());
    assert!(verify(&edited(|e| e["new"] = json!(1))).is_ok());
}

#[test]
fn manifest_that_contradicts_itself_is_refused() {
    let check = |change: fn(&mut ReleaseManifest)| {
        let mut manifest = manifest();
        change(&mut manifest);
        verify(&sign_manifest(&manifest, &[&key(1)]))
    };
    let table: [fn(&mut ReleaseManifest); 4] = [
        |m| m.seq = 8,
        |m| m.releases[1].id = ReleaseId(9),
        |m| m.releases[0].parts.clear(),
        |m| {
            let twice = m.releases[0].parts[0].clone();
            m.releases[0].parts.push(twice);
        },
    ];
    for change in table {
        assert!(matches!(check(change), Err(TrustError::Malformed { .. })));
    }
}

#[test]
fn a_user_outside_the_gray_group_gets_the_release_before() {
    let mut manifest = manifest();
    manifest.releases[0].rollout = Rollout { percent: 30 };
    let user = |inside: bool| {
        let users = (0..).map(|n| format!("user{n}"));
        users
            .into_iter()
            .find(|u| (bucket(&app(), u, ReleaseId(9)) < 30) == inside)
            .unwrap()
    };
    assert_eq!(manifest.release_for(&user(true)).unwrap().id, ReleaseId(9));
    assert_eq!(manifest.release_for(&user(false)).unwrap().id, ReleaseId(4));
    manifest.releases.truncate(1);
    assert_eq!(manifest.release_for(&user(false)), None);
}

#[test]
fn root_rotation_needs_a_key_of_the_old_root_and_the_next_number() {
    let first = trust(&[1], 1);
    let second = root(2, &[2], 1);
    let next = first.advance(&second.seal(&[&key(1), &key(2)])).unwrap();
    assert_eq!(next.version(), 2);
    assert!(next.contains(&key(2).public()) && !next.contains(&key(1).public()));

    assert_eq!(first.advance(&second.seal(&[&key(2)])), Err(TrustError::ForeignKey));
    assert_eq!(first.advance(&second.seal(&[&key(1)])), Err(TrustError::ForeignKey));
    let skipped = root(3, &[2], 1).seal(&[&key(1), &key(2)]);
    assert_eq!(
        first.advance(&skipped),
        Err(TrustError::RootNotNext { have: 1, found: 3 })
    );
    assert_eq!(
        first.advance(first.envelope()),
        Err(TrustError::RootNotNext { have: 1, found: 1 })
    );
}

#[test]
fn revoked_key_is_refused_after_rotation() {
    let next = trust(&[1], 1)
        .advance(&root(2, &[2], 1).seal(&[&key(1), &key(2)]))
        .unwrap();
    assert_eq!(
        SignedManifest::verify(&sign_manifest(&manifest(), &[&key(1)]), &next),
        Err(TrustError::ForeignKey)
    );
}

#[test]
fn first_root_must_be_for_the_app_and_signed_by_itself() {
    let other = AppId::parse("wx2").unwrap();
    assert!(matches!(
        TrustedKeys::pin(&other, trust(&[1], 1).envelope()),
        Err(TrustError::WrongApp { .. })
    ));
    assert_eq!(
        TrustedKeys::pin(&app(), &root(1, &[1], 1).seal(&[&key(2)])),
        Err(TrustError::ForeignKey)
    );
    assert_eq!(TrustedKeys::pin(&app(), trust(&[1], 1).envelope()), Ok(trust(&[1], 1)));
}

fn newest() -> SignedRelease {
    signed().find(ReleaseId(9)).unwrap()
}

#[test]
fn the_signed_bytes_become_a_package() {
    let release = newest();
    let object = compress(&main_archive(), None, Effort::Thorough).unwrap();
    let part = release.open_whole(&PartName::Main, &object).unwrap();
    assert_eq!(part.archive(), &main_archive());
    let unpacked = release
        .open_files(&PartName::Main, read_archive(&main_archive(), 10).unwrap())
        .unwrap();
    assert_eq!(unpacked.files(), part.files());
    let package = VerifiedPackage::assemble(&release, vec![part]).unwrap();
    assert_eq!(package.version().as_str(), "1.9.0");
    assert_eq!(crate::package::CodePackage::app_json(&package).pages, ["p"]);
}

#[test]
fn changed_package_is_refused_before_it_is_unpacked() {
    let mut object = compress(&main_archive(), None, Effort::Thorough).unwrap().to_vec();
    *object.last_mut().unwrap() ^= 1;
    assert!(matches!(
        newest().open_whole(&PartName::Main, &object),
        Err(VerifyError::Digest { .. })
    ));
    object.push(0);
    assert!(matches!(
        newest().open_whole(&PartName::Main, &object),
        Err(VerifyError::Length { .. })
    ));
    let page = b"<html>please log in</html>";
    assert!(matches!(
        newest().open_whole(&PartName::Main, page),
        Err(VerifyError::Length { .. })
    ));
}

#[test]
fn swapped_package_of_another_release_is_refused() {
    let old = compress(&archive(&[("app.js", "old")]), None, Effort::Thorough).unwrap();
    assert!(newest().open_whole(&PartName::Main, &old).is_err());
    let release = signed().find(ReleaseId(4)).unwrap();
    let part = release.open_whole(&PartName::Main, &old).unwrap();
    assert!(matches!(
        VerifiedPackage::assemble(&newest(), vec![part]),
        Err(VerifyError::OtherRelease { .. })
    ));
}

#[test]
fn flipped_bit_in_an_unpacked_file_is_found() {
    let changed = archive(&[
        ("app.js", "App({ })"),
        ("app.json", "{\"pages\": [\"p\"]}"),
        ("p.js", "Page({})"),
    ]);
    let files = read_archive(&changed, 10).unwrap();
    assert!(newest().open_files(&PartName::Main, files).is_err());
    assert!(newest().open_archive(&PartName::Main, changed).is_err());
}

#[test]
fn hostile_delta_and_wrong_base_are_refused() {
    let release = newest();
    let base = archive(&[("app.js", "old")]);
    let delta = compress(&main_archive(), Some(&base), Effort::Thorough).unwrap();
    assert_eq!(
        release.open_delta(&PartName::Main, &base, &delta).unwrap().archive(),
        &main_archive()
    );
    let wrong = release.open_delta(&PartName::Main, b"another base", &delta);
    assert!(matches!(wrong, Err(VerifyError::WrongBase { .. })));
    let mut hostile = delta.to_vec();
    hostile[8] ^= 1;
    assert!(matches!(
        release.open_delta(&PartName::Main, &base, &hostile),
        Err(VerifyError::Digest { .. })
    ));
}

#[test]
fn signed_bomb_stops_at_the_signed_length() {
    let bomb = compress(&vec![0; 20 << 20], None, Effort::Thorough).unwrap();
    let mut manifest = manifest();
    manifest.releases[0].parts[0].whole = Object {
        digest: Digest::of(&bomb),
        length: bomb.len() as u64,
    };
    let release = verify(&sign_manifest(&manifest, &[&key(1)]))
        .unwrap()
        .find(ReleaseId(9))
        .unwrap();
    assert!(matches!(
        release.open_whole(&PartName::Main, &bomb),
        Err(VerifyError::Transport { .. })
    ));
}

#[test]
fn subpackage_that_reaches_into_the_main_package_is_refused() {
    let sub = PartName::parse("sub").unwrap();
    let outside = archive(&[("app.js", "evil")]);
    let mut manifest = manifest();
    manifest.releases[0].parts.push(part(sub.clone(), &outside, None));
    let release = verify(&sign_manifest(&manifest, &[&key(1)]))
        .unwrap()
        .find(ReleaseId(9))
        .unwrap();
    assert!(matches!(
        release.open_archive(&sub, outside),
        Err(VerifyError::Outside { .. })
    ));
}

#[test]
fn package_without_main_part_or_app_json_is_refused() {
    assert!(matches!(
        VerifiedPackage::assemble(&newest(), vec![]),
        Err(VerifyError::NoMain(_))
    ));
    let release = signed().find(ReleaseId(4)).unwrap();
    let part = release
        .open_archive(&PartName::Main, archive(&[("app.js", "old")]))
        .unwrap();
    assert!(matches!(
        VerifiedPackage::assemble(&release, vec![part]),
        Err(VerifyError::AppJson(_))
    ));
    let missing = PartName::parse("none").unwrap();
    assert!(matches!(
        release.open_whole(&missing, b""),
        Err(VerifyError::NotListed { .. })
    ));
}

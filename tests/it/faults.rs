//! The faults that an update has to survive, each with the tests that show it. A test that is renamed or removed
//! breaks this table, and so does a README that counts other rows.

use std::collections::BTreeMap;
use std::path::Path;

/// A fault, what must come of it, and the tests: the file below the crate's folder, and the function.
struct Row {
    number: usize,
    fault: &'static str,
    outcome: &'static str,
    tests: &'static [(&'static str, &'static str)],
}

const fn row(
    number: usize,
    fault: &'static str,
    outcome: &'static str,
    tests: &'static [(&'static str, &'static str)],
) -> Row {
    Row {
        number,
        fault,
        outcome,
        tests,
    }
}

const CRASH: &str = "src/update/crash_tests.rs";
const VERBS: &str = "src/update/crash_verb_tests.rs";
const FAULT: &str = "src/update/updater_fault_tests.rs";
const DEVICE: &str = "src/update/updater_device_tests.rs";
const UPDATER: &str = "src/update/updater_tests.rs";
const DOWNLOAD: &str = "src/update/download_tests.rs";
const DATABASE: &str = "src/update/database.rs";
const BOOT: &str = "src/update/boot.rs";
const POLICY: &str = "src/update/policy_tests.rs";
const TRUST: &str = "tests/it/trust.rs";
const TRIAL: &str = "tests/it/trial.rs";
const RELEASE: &str = "src/release/tests.rs";
const ROLLOUT: &str = "src/release/rollout.rs";
const PACKAGE: &str = "src/package/tests.rs";
const OPERATOR: &str = "src/registry/operator_tests.rs";
const REGISTRY: &str = "src/registry/tests.rs";
const HOSTILE: &str = "tests/it/hostile_server.rs";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Crash
    row(1, "kill at every disk operation", "old or new", &[
        (VERBS, "kill_at_every_operation_of_each_verb_leaves_the_old_or_the_new_release"),
        (CRASH, "kill_at_every_operation_leaves_the_old_or_the_new_release"),
        ("tests/it/kill.rs", "killed_at_any_moment_the_next_start_runs_a_whole_version"),
    ]),
    row(2, "torn state file", "the other slot", &[(DATABASE, "a_kill_at_any_write_leaves_the_old_or_the_new_record")]),
    row(3, "lost rename", "old", &[
        (VERBS, "power_loss_at_every_operation_of_each_verb_leaves_the_old_or_the_new_release"),
        (CRASH, "power_loss_at_every_operation_leaves_the_old_or_the_new_release"),
    ]),
    row(4, "kill between pointer and files", "consistent", &[
        (VERBS, "kill_at_every_operation_of_each_verb_leaves_the_old_or_the_new_release"),
    ]),
    row(5, "double kill in recovery", "idempotent", &[(VERBS, "double_kill_in_recovery_changes_nothing_more")]),
    row(6, "kill in applyUpdate before teardown", "new at the next start", &[
        (DEVICE, "kill_in_apply_update_before_teardown_starts_the_new_release"),
    ]),
    row(7, "kill after the boot mark, before ready", "one attempt counted", &[
        (BOOT, "kill_before_ready_counts_one_attempt_and_the_third_is_the_last"),
        (UPDATER, "kill_before_ready_three_times_goes_back"),
    ]),
    row(8, "clean exit before ready", "no strike", &[
        (UPDATER, "clean_exit_before_ready_is_no_strike"),
        (TRIAL, "app_that_leaves_before_its_first_page_gets_no_strike"),
    ]),
    row(9, "kill in garbage collection", "live versions intact", &[(CRASH, "kill_in_garbage_collection_keeps_what_runs")]),
    row(10, "state deleted", "floor from the trusted copy", &[
        (DEVICE, "state_deleted_keeps_the_floor_and_the_installed_version"),
    ]),
    // Disk
    row(11, "disk full at each write", "old runs, onUpdateFailed", &[
        (CRASH, "full_disk_at_every_write_leaves_the_old_or_the_new_release"),
        (VERBS, "full_disk_at_each_write_of_a_download_tells_the_app_that_it_failed"),
        (DOWNLOAD, "full_disk_at_each_write_is_an_error_that_names_the_file"),
        (DEVICE, "full_disk_at_the_way_back_still_runs_the_last_good_release"),
    ]),
    row(12, "read-only folder", "run, report", &[
        (DEVICE, "read_only_folder_runs_the_installed_version_and_tells_that_nothing_can_be_kept"),
        (CRASH, "a_disk_that_is_full_from_now_on_runs_the_old_release_and_tells_the_failure"),
    ]),
    row(13, "I/O error on sync", "not committed", &[(CRASH, "failing_sync_or_write_leaves_the_old_or_the_new_release")]),
    row(14, "bit flip in a staged package", "caught at the start, fetched again", &[
        (DEVICE, "bit_flip_in_staged_package_is_caught_and_fetched_again"),
        (DEVICE, "bit_flip_before_apply_keeps_the_running_release"),
    ]),
    row(15, "installed file deleted", "fall back", &[
        (DEVICE, "installed_file_deleted_falls_back_or_is_fetched_again"),
    ]),
    row(16, "two processes", "one owner, the other is told", &[
        (UPDATER, "two_processes_on_one_folder_exclude_each_other"),
        ("tests/it/registry.rs", "second_process_on_a_device_is_told_that_it_is_in_use"),
    ]),
    // Net
    row(17, "offline", "the installed version runs", &[
        (FAULT, "offline_runs_the_installed_version"),
        ("tests/it/registry.rs", "server_that_is_gone_does_not_keep_an_installed_app_from_running"),
    ]),
    row(18, "stall", "idle timeout", &[
        (DOWNLOAD, "stall_ends_after_the_idle_time_and_is_tried_again"),
        (FAULT, "stalled_check_ends_and_runs_the_installed_version"),
    ]),
    row(19, "reset at byte k", "resume", &[(DOWNLOAD, "reset_at_byte_k_is_resumed_from_there")]),
    row(20, "server ignores Range", "restart clean", &[(DOWNLOAD, "server_ignores_range_and_the_download_begins_anew")]),
    row(21, "206 with the wrong offset", "reject", &[(DOWNLOAD, "wrong_offset_is_refused_and_the_download_begins_anew")]),
    row(22, "object changed mid-resume", "restart", &[(DOWNLOAD, "object_changed_mid_resume_is_not_mixed")]),
    row(23, "short or long body", "reject", &[
        (DOWNLOAD, "truncated_body_is_completed_or_refused"),
        (DOWNLOAD, "oversized_body_is_refused_and_gone"),
    ]),
    row(24, "wrong Content-Length", "the digest decides", &[
        (HOSTILE, "wrong_content_length_does_not_decide_the_digest_does"),
    ]),
    row(25, "captive portal", "reject", &[(FAULT, "captive_portal_html_is_refused")]),
    row(26, "503 with Retry-After of years", "a day at most, survives a restart", &[
        (FAULT, "retry_after_of_years_is_cut_to_a_day_and_survives_a_restart"),
    ]),
    row(27, "redirect loop or downgrade", "reject", &[
        (HOSTILE, "redirect_loop_ends_and_the_installed_version_runs"),
        ("src/system/http.rs", "redirect_downgrade_to_an_open_address_is_refused"),
    ]),
    row(28, "endless body", "stop at the signed length", &[
        (DOWNLOAD, "oversized_body_is_refused_and_gone"),
        (FAULT, "endless_manifest_is_cut_off"),
    ]),
    row(29, "slow drip", "total deadline", &[(DOWNLOAD, "slow_drip_ends_at_the_total_deadline")]),
    row(30, "many clients after an outage", "spread", &[(FAULT, "clients_that_failed_together_do_not_come_back_together")]),
    // Attack
    row(31, "package swap", "digest", &[
        (FAULT, "package_swap_is_refused"),
        (TRUST, "manifest_with_the_package_of_another_release_is_refused_with_its_reason"),
    ]),
    row(32, "unsigned, foreign key, wrong app id", "reject", &[
        (TRUST, "envelope_that_is_not_signed_right_is_refused_with_its_reason"),
        (TRUST, "manifest_of_another_app_or_too_old_is_refused_with_its_reason"),
        (FAULT, "foreign_key_is_refused"),
        (FAULT, "wrong_app_id_is_refused"),
        (RELEASE, "unsigned_manifest_is_refused"),
    ]),
    row(33, "duplicate key ids for the threshold", "count once", &[
        (RELEASE, "duplicate_key_ids_count_once"),
        (TRUST, "one_key_that_signs_twice_is_not_two_keys"),
    ]),
    row(34, "replayed old manifest", "floor", &[
        (FAULT, "replayed_manifest_is_refused"),
        (TRUST, "manifest_of_another_app_or_too_old_is_refused_with_its_reason"),
    ]),
    row(35, "frozen valid manifest", "refused after its expiry, old runs", &[
        (FAULT, "frozen_manifest_past_its_expiry_is_refused_and_the_installed_version_runs"),
        (FAULT, "expired_manifest_still_serves_a_device_that_has_nothing_to_run"),
    ]),
    row(36, "manifest, delta and file of different releases", "reject", &[
        (RELEASE, "swapped_package_of_another_release_is_refused"),
        (TRUST, "manifest_with_the_package_of_another_release_is_refused_with_its_reason"),
    ]),
    row(37, "fast-forward to a huge sequence", "recover by key rotation", &[
        (FAULT, "fast_forward_to_a_huge_sequence_is_undone_by_a_key_rotation"),
    ]),
    row(38, "revoked key", "reject", &[
        (RELEASE, "revoked_key_is_refused_after_rotation"),
        (TRUST, "rotated_keys_overlap_until_the_old_one_is_removed_and_then_it_counts_for_nothing"),
    ]),
    row(39, "skipped root version", "walk one by one", &[
        ("tests/it/operator.rs", "a_device_that_has_missed_roots_follows_them_one_by_one"),
    ]),
    row(40, "bomb, parent folder, absolute name, symlink, case clash", "reject before writing", &[
        (PACKAGE, "zip_bomb_is_refused_before_writing"),
        (PACKAGE, "parent_folder_and_absolute_names_are_refused"),
        (PACKAGE, "symlink_is_refused"),
        (PACKAGE, "duplicate_and_case_clash_are_refused"),
        (RELEASE, "signed_bomb_stops_at_the_signed_length"),
    ]),
    row(41, "hostile delta", "digest before it is applied, and after", &[(RELEASE, "hostile_delta_and_wrong_base_are_refused")]),
    row(42, "delta on the wrong base", "whole", &[
        (FAULT, "delta_on_wrong_base_is_not_asked_for"),
        (FAULT, "a_damaged_delta_is_made_up_for_by_the_whole_package"),
    ]),
    row(43, "clock back or far ahead", "no stop, no loop", &[
        (POLICY, "a_clock_that_was_set_back_or_far_ahead_stops_nothing"),
        (DEVICE, "clock_that_goes_back_years_stops_no_update"),
    ]),
    row(44, "unknown fields; deep or huge JSON", "fine; a bounded error", &[
        (RELEASE, "unknown_fields_are_tolerated"),
        (RELEASE, "too_deep_payload_is_refused"),
        (RELEASE, "too_big_too_deep_and_captive_portal_documents_are_refused"),
    ]),
    // Boot
    row(45, "throws at load or in onLaunch, hangs, takes all memory", "back in the same run", &[
        (TRIAL, "release_that_throws_at_load_goes_back_is_told_and_a_fix_is_taken"),
        (TRIAL, "release_that_throws_in_on_launch_goes_back_is_told_and_a_fix_is_taken"),
        (TRIAL, "release_that_hangs_before_its_first_page_goes_back_is_told_and_a_fix_is_taken"),
        (TRIAL, "release_that_takes_all_memory_goes_back_is_told_and_a_fix_is_taken"),
    ]),
    row(46, "the same bad version again; a fixed one", "skipped; taken", &[
        (POLICY, "same_bad_version_offered_again_is_skipped_and_a_fix_is_taken"),
        (UPDATER, "fix_version_after_a_bad_one_is_taken"),
    ]),
    row(47, "the old version is bad, too", "a clear error", &[
        (DEVICE, "last_good_release_that_is_damaged_too_is_a_clear_error"),
        (TRIAL, "old_release_that_fails_too_ends_the_run_with_its_error"),
        (TRIAL, "last_good_release_that_is_gone_is_a_clear_error_on_the_timeline"),
    ]),
    row(48, "crash after it was healthy", "no rollback", &[(BOOT, "crash_after_healthy_rolls_nothing_back")]),
    row(49, "bad version, and the report of it is lost", "told again, once", &[
        (FAULT, "failed_release_is_told_to_the_registry_until_it_has_noted_it"),
        (TRIAL, "release_that_throws_at_load_goes_back_is_told_and_a_fix_is_taken"),
    ]),
    // Server
    row(50, "share rises from 5 to 20 %", "keeps the 5 %", &[
        (OPERATOR, "a_rising_share_keeps_its_users"),
        (ROLLOUT, "a_rising_share_keeps_whom_it_had"),
    ]),
    row(51, "two gray releases", "independent groups", &[(ROLLOUT, "the_share_is_about_right_and_differs_between_releases")]),
    row(52, "share lowered", "refuse", &[(OPERATOR, "shares_that_are_none_or_do_not_rise_are_refused")]),
    row(54, "mandatory release skipped", "the next one is mandatory", &[
        ("src/registry/settings_tests.rs", "a_release_after_a_mandatory_one_is_mandatory_too"),
    ]),
    row(55, "below the minimum", "does not open, keeps trying", &[
        (UPDATER, "below_the_minimum_nothing_starts_when_nothing_can_be_got"),
        (FAULT, "below_the_minimum_each_start_tries_again_until_a_newer_release_comes"),
    ]),
    row(56, "racing publishers", "one winner", &[
        (REGISTRY, "racing_publishers_have_one_winner"),
        (OPERATOR, "racing_operators_have_one_winner_for_each_entry"),
    ]),
    row(57, "rollback during a gray release", "refuse", &[(OPERATOR, "nothing_else_is_released_during_a_gray_release")]),
    row(58, "publisher killed midway", "invisible", &[
        (REGISTRY, "publish_killed_before_the_manifest_is_invisible_and_finished_later"),
    ]),
    row(59, "cached answer", "never leaks another group's release", &[
        (FAULT, "one_cached_manifest_gives_each_user_what_is_meant_for_them"),
    ]),
    row(60, "package deleted that a device may fetch", "never", &[
        (OPERATOR, "no_package_that_a_device_may_fetch_is_ever_deleted"),
    ]),
];

/// What no test covers, and why.
const NOT_COVERED: &[(usize, &str)] = &[(
    53,
    "a gray release cannot be paused: it goes on, is revoked, or becomes full",
)];

const FAULTS: usize = 60;

/// The names of the tests in every source file. A test that is ignored is none.
fn tests_of(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    let (mut names, mut is_test) = (Vec::new(), false);
    for line in text.lines().map(str::trim) {
        let name = line.trim_start_matches("async ").strip_prefix("fn ");
        match name.and_then(|rest| rest.split_once('(')) {
            Some((name, _)) => {
                if is_test {
                    names.push(name.to_owned());
                }
                is_test = false;
            }
            None if line.starts_with("#[ignore") => is_test = false,
            None if line == "#[test]" || line.starts_with("#[tokio::test") => is_test = true,
            None => {}
        }
    }
    names
}

#[test]
fn every_fault_has_its_tests_and_they_are_there() {
    let mut known = BTreeMap::new();
    for row in ROWS {
        assert!(
            !row.tests.is_empty() && !row.outcome.is_empty(),
            "{}: {}",
            row.number,
            row.fault
        );
        for (file, name) in row.tests {
            let tests = known.entry(*file).or_insert_with(|| tests_of(file));
            assert!(
                tests.iter().any(|test| test == name),
                "{} {}: no test {name} in {file}",
                row.number,
                row.fault
            );
        }
    }
    let mut numbers: Vec<_> = ROWS.iter().map(|row| row.number).collect();
    numbers.extend(NOT_COVERED.iter().map(|(number, _)| number));
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=FAULTS).collect::<Vec<_>>());
}

#[test]
fn readme_counts_the_faults_that_are_covered() {
    let readme = include_str!("../../README.md");
    let said = format!("{} of {FAULTS} faults", ROWS.len());
    assert!(readme.contains(&said), "README does not say: {said}");
    for (_, why) in NOT_COVERED {
        assert!(readme.replace('\n', " ").contains(why), "README does not say: {why}");
    }
}

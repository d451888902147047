use super::*;
use clap::Parser;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    args: TestArgs,
}

fn parsed(args: &[&str]) -> TestArgs {
    Line::parse_from([&["test"], args].concat()).args
}

#[test]
fn exit_codes() {
    let totals = |passed, failed, skipped, listed| Totals {
        passed,
        failed,
        skipped,
        listed,
        files: 1,
        ..Totals::default()
    };
    let rows = [
        (totals(1, 0, 1, 0), Code::Done),
        (totals(1, 1, 0, 0), Code::TestsFailed),
        (totals(0, 1, 0, 0), Code::TestsFailed),
        (totals(0, 0, 0, 0), Code::NoTests),
        (totals(0, 0, 3, 0), Code::NoTests),
        (totals(0, 0, 0, 2), Code::Done),
    ];
    for (totals, code) in rows {
        assert_eq!(exit_code(totals), code, "{totals:?}");
    }
}

#[test]
fn on_a_server_no_snapshot_is_written() {
    let rows = [
        (&[][..], None, SnapshotMode::New),
        (&[], Some("true"), SnapshotMode::Never),
        (&[], Some("1"), SnapshotMode::Never),
        (&[], Some("false"), SnapshotMode::New),
        (&["--ci"], None, SnapshotMode::Never),
        (&["-u"], Some("true"), SnapshotMode::All),
    ];
    for (args, ci, mode) in rows {
        assert_eq!(snapshot_mode(&parsed(args), ci), mode, "{args:?} CI={ci:?}");
    }
}

#[test]
fn bail_may_have_a_number() {
    for (args, most) in [
        (&[][..], None),
        (&["--bail"], Some(1)),
        (&["--bail=3", "a"], Some(3)),
        (&["--bail=0"], None),
    ] {
        assert_eq!(options(&parsed(args)).unwrap().bail, most, "{args:?}");
    }
}

//! What is left to chance follows from a seed.

use crate::program::setup;

const APP: &str = "App({}); console.log('rolled', Math.random(), Math.random())";

#[test]
fn chance_is_the_same_in_virtual_time_and_another_with_another_seed() {
    let (dir, cmd) = setup();
    let app = dir.app("chance", APP, "Page({})");
    let rolled = |more: &[&str]| {
        let out = cmd.ok(&[&["run", &app][..], more].concat()).out;
        let line = out.lines().find(|line| line.contains("rolled")).unwrap();
        line[line.find("rolled").unwrap()..].to_owned()
    };
    let [plain, again] = [(); 2].map(|()| rolled(&["--clock", "virtual"]));
    assert_eq!(plain, again);
    let [seven, real] = [&["--seed", "7", "--clock", "virtual"][..], &["--seed", "7"]].map(rolled);
    assert_eq!(seven, real, "a seed that is named holds in real time too");
    assert_ne!(plain, seven);
    let free = rolled(&[]);
    assert!(free != plain && free != seven, "{free}");
}

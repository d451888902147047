//! Tests that drive apps, as a person runs them: what the README shows, suites written for the platform's library, and
//! that the same story is told the same.

use crate::program::{Dir, fixture, setup};
use std::path::Path;
use std::process::Command;

/// Runs `minirun test` from the project's root, as the README does.
fn test_from_root(file: &str) -> (bool, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_minirun"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("NO_COLOR", "1")
        .args(["test", file])
        .output()
        .unwrap();
    let told = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (ran.status.success(), told.concat())
}

#[test]
fn the_update_story_of_the_readme_runs() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let section = readme.split("## Driving apps from a test").nth(1).unwrap();
    let story = section.split("```js\n").nth(1).unwrap().split("```").next().unwrap();
    let (dir, _) = setup();
    dir.write("update.test.js", story);
    let (good, told) = test_from_root(&dir.at("update.test.js"));
    assert!(good && told.contains("2 passed, 0 failed"), "{told}");
}

/// A suite as people write it for jest and the library, in a project of its own.
fn suite(dir: &Dir) {
    let app = fixture("notes/1.0.0");
    let copied = Command::new("cp")
        .args(["-r", &app, &dir.at("project")])
        .status()
        .unwrap();
    assert!(copied.success());
    dir.write(
        "project/e2e/list.test.js",
        r#"
        const path = require('path');
        const automator = require('miniprogram-automator');

        describe('the list', () => {
          let miniProgram, page;
          beforeAll(async () => {
            miniProgram = await automator.launch({
              cliPath: '/Applications/wechatwebdevtools.app/Contents/MacOS/cli',
              projectPath: path.join(__dirname, '..'),
            });
            page = await miniProgram.reLaunch('/pages/list/list');
            await page.waitFor(500);
          }, 30000);
          afterAll(async () => { await miniProgram.close() });

          it('has its data', async () => {
            expect(page.path).toBe('pages/list/list');
            expect((await page.data('version'))).toBe('1.0.0');
          });
          it('opens the editor', async () => {
            await page.callMethod('onTapNew');
            await page.waitFor(1000);
            expect((await miniProgram.currentPage()).path).toBe('pages/edit/edit');
            expect(await miniProgram.pageStack()).toHaveLength(2);
          });
        });
        "#,
    );
}

#[test]
fn a_suite_written_for_the_platforms_library_runs_unchanged() {
    let (dir, cmd) = setup();
    suite(&dir);
    let ran = cmd.run(&["test", "project/e2e"]);
    assert!(ran.out.contains("2 passed, 0 failed"), "{ran}");
}

#[test]
fn the_same_story_is_told_the_same() {
    let (dir, _) = setup();
    dir.write(
        "twice.test.js",
        r#"
        test('a story', async () => {
          const app = await device.release.publish('fixtures/apps/notes/1.0.0', { version: '1.0.0' });
          await device.launch(app).then((first) => first.close());
          await device.release.publish('fixtures/apps/notes/1.1.0', { version: '1.1.0' });
          device.network.slow({ latency: '200ms', rate: '2KB/s', drop: 0.2 });
          device.ui.onModal('confirm');
          const users = await Promise.all(['ann', 'bob'].map((user) => device.launch(app, { user })));
          await users[0].background();
          await device.clock.advance('40m');
          await users[0].foreground();
          await device.clock.advance('1m');
          throw new Error(JSON.stringify(device.timeline()));
        });
        "#,
    );
    let told = || {
        let (_, told) = test_from_root(&dir.at("twice.test.js"));
        let line = told
            .lines()
            .find(|line| line.contains("update.check"))
            .map(str::to_owned);
        line.unwrap_or_else(|| panic!("{told}"))
    };
    let first = told();
    assert!(first.contains("update.apply") && first.contains("bob"), "{first}");
    for _ in 0..2 {
        assert_eq!(told(), first);
    }
}

//! Random histories of routes, replayed as the world would carry them out: every page's
//! lifecycles alternate as the platform promises, and both sides agree on the stack.

use super::*;
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

#[derive(Debug, Clone)]
enum Act {
    Route(OpenType, &'static str, f64),
    Background,
    Foreground,
    Relaunch(&'static str),
}

fn act() -> impl Strategy<Value = Act> {
    let url = prop::sample::select(vec!["/a", "/b", "/c", "/d", "/none", "/d?x=1"]);
    let kind = prop::sample::select(vec![
        OpenType::NavigateTo,
        OpenType::NavigateTo,
        OpenType::NavigateTo,
        OpenType::RedirectTo,
        OpenType::NavigateBack,
        OpenType::ReLaunch,
        OpenType::SwitchTab,
        OpenType::SwitchTab,
    ]);
    prop_oneof![
        20 => (kind, url, 0.0..4.0).prop_map(|(kind, url, delta)| Act::Route(kind, url, delta)),
        1 => Just(Act::Background),
        1 => Just(Act::Foreground),
        1 => prop::sample::select(vec!["c", "a", "gone"]).prop_map(Act::Relaunch),
    ]
}

/// What the world knows: which pages live, which one is shown, which are on the stack.
#[derive(Default)]
struct World {
    shown: BTreeMap<PageId, bool>,
    stack: Vec<PageId>,
    background: bool,
}

impl World {
    fn carry_out(&mut self, plan: &Plan) {
        for step in &plan.steps {
            match step {
                Step::Open { page, .. } => {
                    assert_eq!(self.shown.insert(*page, false), None, "{page} opens once");
                    self.stack.push(*page);
                }
                Step::Show { page } => assert_eq!(self.shown.insert(*page, true), Some(false), "{page} was hidden"),
                Step::Hide { page } => assert_eq!(self.shown.insert(*page, false), Some(true), "{page} was shown"),
                Step::Unload { page } => {
                    assert!(self.shown.remove(page).is_some(), "{page} was alive");
                    self.stack.retain(|open| open != page);
                }
                Step::Hang { page } => {
                    assert_eq!(self.shown.get(page), Some(&false), "{page} was hidden");
                    assert_eq!(self.stack.pop(), Some(*page));
                }
                Step::Unhang { page } => self.stack.push(*page),
                Step::AppHide => self.background = true,
                Step::AppShow { .. } => self.background = false,
                Step::NotFound { .. } | Step::Warn { .. } => {}
            }
        }
    }

    fn agrees_with(&self, pages: &Pages) {
        let stack: Vec<PageId> = pages.stack().iter().map(|page| page.id).collect();
        assert_eq!(self.stack, stack);
        assert!(stack.len() <= MAX_PAGES);
        let shown: Vec<PageId> = self
            .shown
            .iter()
            .filter(|(_, shown)| **shown)
            .map(|(id, _)| *id)
            .collect();
        let top = stack.last().filter(|_| !self.background).copied();
        assert_eq!(shown, Vec::from_iter(top), "the top page alone is shown");
    }
}

fn perform(pages: &mut Pages, act: &Act) -> Plan {
    match act {
        Act::Route(kind, url, delta) => pages.plan(*kind, url, Some(*delta)).unwrap_or_default(),
        Act::Background => pages.to_background(),
        Act::Foreground => pages.to_foreground(json!({})),
        Act::Relaunch(path) => {
            let (plan, missing) = pages.to_foreground_at(json!({}), path, Query::new());
            match missing {
                Some(missing) => plan.then(pages.not_found(&missing.path)),
                None => plan,
            }
        }
    }
}

proptest! {
    #[test]
    fn every_history_keeps_the_promises_of_the_lifecycles(acts in prop::collection::vec(act(), 1..60)) {
        let mut pages = Pages::new(RouteTable::from_app_json(&json!({
            "pages": ["a", "b", "c", "d"],
            "tabBar": { "list": [{ "pagePath": "a" }, { "pagePath": "b" }] },
        })));
        let mut world = World::default();
        world.carry_out(&pages.launch("c", Query::new()).unwrap_or_default());
        for act in &acts {
            // A hot start at a page follows a stay in the background.
            if matches!(act, Act::Relaunch(_)) {
                world.carry_out(&pages.to_background());
            }
            let plan = perform(&mut pages, act);
            world.carry_out(&plan);
            world.agrees_with(&pages);
        }
    }
}

//! Who answers the network APIs of an app that is run or tested.

use crate::system::{Clock, FixtureWeb, Fixtures, RealWeb, Web};
use crate::wx::Domains;
use std::sync::Arc;

/// Who answers, and what may be reached.
#[derive(Clone)]
pub struct Traffic {
    answers: Answers,
    /// The domains that apps may reach, where they are limited.
    pub domains: Option<Arc<Domains>>,
}

#[derive(Clone)]
enum Answers {
    Over(Arc<dyn Web>),
    Fixtures(Arc<Fixtures>),
}

impl Traffic {
    /// Over this web, the same for every app.
    pub fn over(web: Arc<dyn Web>, domains: Option<Arc<Domains>>) -> Self {
        Self {
            answers: Answers::Over(web),
            domains,
        }
    }

    /// From fixtures, for each app from their beginning.
    pub fn fixtures(fixtures: Arc<Fixtures>, domains: Option<Arc<Domains>>) -> Self {
        Self {
            answers: Answers::Fixtures(fixtures),
            domains,
        }
    }

    /// The web of one app, whose time is this.
    pub fn web(&self, clock: &Arc<dyn Clock>) -> Arc<dyn Web> {
        match &self.answers {
            Answers::Over(web) => Arc::clone(web),
            Answers::Fixtures(fixtures) => Arc::new(FixtureWeb::new(Arc::clone(fixtures), Arc::clone(clock))),
        }
    }
}

impl Default for Traffic {
    /// The machine's network, all of it.
    fn default() -> Self {
        Self::over(Arc::new(RealWeb), None)
    }
}

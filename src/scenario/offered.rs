//! The app of a scenario: the update client, with the moment at which its app hears of what it does.

use super::space::Moment;
use crate::app::released::Released;
use crate::app::source::{CannotOpen, News, Source, Start};
use crate::package::{CodePackage, PartName};
use crate::update::{Progress, UpdateEvent};
use async_trait::async_trait;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc::UnboundedSender;

/// A released app whose first instance hears its news at the moment of the scenario, and every later one in its time.
pub struct Offered {
    released: Released,
    news: News,
    first: AtomicBool,
}

impl Offered {
    /// The app behind `released`.
    pub fn new(released: Released, moment: Moment) -> Self {
        let news = match moment {
            Moment::BeforeApp => News::BeforeApp,
            Moment::Launch => News::AtLaunch,
            _ => News::AfterStart,
        };
        Self {
            released,
            news,
            first: AtomicBool::new(true),
        }
    }
}

#[async_trait]
impl Source for Offered {
    async fn start(
        &self,
        page: &str,
        seen: Progress<'_>,
        events: &UnboundedSender<UpdateEvent>,
    ) -> Result<Start, CannotOpen> {
        self.released.start(page, seen, events).await
    }

    async fn part(&self, part: &PartName, progress: Progress<'_>) -> Result<Arc<dyn CodePackage>, String> {
        self.released.part(part, progress).await
    }

    async fn background(&self, events: &UnboundedSender<UpdateEvent>) {
        self.released.background(events).await;
    }

    fn news(&self) -> News {
        if self.first.swap(false, Ordering::SeqCst) {
            self.news
        } else {
            News::AfterStart
        }
    }

    async fn part_used(&self, part: &PartName, progress: Progress<'_>) {
        self.released.part_used(part, progress).await;
    }

    async fn staged(&self) -> Option<Start> {
        self.released.staged().await
    }

    async fn apply(&self) -> Result<Start, String> {
        self.released.apply().await
    }

    async fn restart(&self) -> Option<Start> {
        self.released.restart().await
    }

    async fn returned(&self, events: &UnboundedSender<UpdateEvent>) {
        self.released.returned(events).await;
    }

    async fn used(&self) {
        self.released.used().await;
    }

    async fn confirm(&self) {
        self.released.confirm().await;
    }

    async fn boot_failed(&self, reason: &str) -> Result<Option<Start>, CannotOpen> {
        self.released.boot_failed(reason).await
    }

    async fn ended_before_ready(&self) {
        self.released.ended_before_ready().await;
    }
}

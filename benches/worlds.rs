//! How long a world takes: made, given a package, brought to its first page. In one process, on a thread.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod runs;
mod stage;

use criterion::{Criterion, criterion_group, criterion_main};
use minirun::app::carrier::Carrier;
use minirun::app::source::Development;
use minirun::app::worlds::Worlds;
use minirun::engine::protocol::{HostMessage, Role};
use std::sync::Arc;
use std::time::Duration;

/// Context and JS half, up to a world that could take a package.
fn boot(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    criterion.bench_function("world boot", |bencher| {
        bencher.iter(|| {
            runtime.block_on(async {
                let mut world = Worlds::new(Carrier::Thread, runs::SPEC)
                    .take(Role::App)
                    .expect("a thread");
                world.send(HostMessage::Load(Box::default()));
                world.receive().await
            })
        });
    });
}

fn first_page(criterion: &mut Criterion) {
    let files = stage::app("App({ onLaunch() {} })", &[]);
    criterion.bench_function("first page ready", |bencher| {
        bencher.iter_custom(|rounds| total(rounds, || page_ready(&files)));
    });
}

/// What 500 KB more to load add to the same start.
fn large_module(criterion: &mut Criterion) {
    let files = stage::app("App({ onLaunch() {} })", &[("large.js".into(), stage::module(500))]);
    let mut group = criterion.benchmark_group("large");
    group.sample_size(10);
    group.bench_function("first page ready, with a module of 500 KB", |bencher| {
        bencher.iter_custom(|rounds| total(rounds, || page_ready(&files)));
    });
    group.finish();
}

fn page_ready(files: &[stage::File]) -> Duration {
    let source = Arc::new(Development(runs::start(files, "1.0.0")));
    runs::between(Carrier::Thread, source, "", "page.ready")
}

fn total(rounds: u64, once: impl Fn() -> Duration) -> Duration {
    (0..rounds).map(|_| once()).sum()
}

criterion_group!(benches, boot, first_page, large_module);
criterion_main!(benches);

//! `minirun serve`: the registry's client API over HTTP.

use crate::registry::{Store, serve};
use anyhow::Context as _;
use std::future::Future;
use std::io::Write as _;
use std::process::ExitCode;
use tokio::net::TcpListener;

/// Serve a registry to devices
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// The registry: a folder, or the URL of an object store
    #[arg(long, value_name = "DIR or URL")]
    pub store: String,
    /// Address and port; port 0 takes a free one. The address is printed as one line on standard output
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8480")]
    pub listen: String,
}

/// Runs the command until it is interrupted or terminated; requests under way are finished.
pub async fn run(args: ServeArgs) -> anyhow::Result<ExitCode> {
    let store = Store::open(&args.store)?;
    let listener = TcpListener::bind(&args.listen).await;
    let listener = listener.with_context(|| format!("failed to listen on {}", args.listen))?;
    let stop = stop_signal()?;
    println!("http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    serve(listener, store, stop).await?;
    Ok(ExitCode::SUCCESS)
}

/// Done when the process is asked to end. Both signals are hooked when this returns, before the address is known to
/// anybody.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

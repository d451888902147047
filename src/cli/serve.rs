//! `minirun serve`: the registry's client API over HTTP.

use super::input::make_store;
use crate::registry::serve;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

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

/// Runs the command until it is interrupted or terminated. Requests under way are finished then, unless the process is
/// asked a second time. An address that cannot be taken gives exit code 2.
pub async fn run(args: ServeArgs) -> anyhow::Result<ExitCode> {
    if !args.store.contains("://") && !Path::new(&args.store).is_dir() {
        eprintln!("note: there is no registry at {} yet; it is empty", args.store);
    }
    let store = match make_store(&args.store) {
        Ok(store) => store,
        Err(code) => return Ok(code),
    };
    let listener = match TcpListener::bind(&args.listen).await {
        Ok(listener) => listener,
        Err(error) => {
            eprintln!("error: failed to listen on {}: {error}", args.listen);
            return Ok(ExitCode::from(2));
        }
    };
    // Hooked before the address is known to anybody who could send one.
    let mut signals = Signals::hook()?;
    println!("http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let server = serve(listener, store, async { drop(stopped.await) });
    tokio::pin!(server);
    tokio::select! {
        done = &mut server => return Ok(done.map(|()| ExitCode::SUCCESS)?),
        () = signals.next() => drop(stop),
    }
    tokio::select! {
        done = &mut server => done?,
        () = signals.next() => eprintln!("note: stopped with requests under way"),
    }
    Ok(ExitCode::SUCCESS)
}

/// What asks the process to end.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn hook() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn hook() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

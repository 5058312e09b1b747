//! `sandbox --port 8080 --data DIR --app DIST_DIR [--testing]`

use std::io::ErrorKind;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;

use sandbox::server::{self, App};
use tokio::net::TcpListener;

const USAGE: &str = "Cách dùng: sandbox --port CỔNG --data THƯ_MỤC --app THƯ_MỤC [--testing]";

struct Arguments {
    port: u16,
    data: PathBuf,
    app: PathBuf,
    testing: bool,
}

fn read(arguments: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let (mut port, mut data, mut app, mut testing) = (8080, None, None, false);
    let mut arguments = arguments;
    while let Some(name) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{name} wants a value. {USAGE}"));
        match name.as_str() {
            "--port" => {
                let text = value()?;
                port = text.parse().map_err(|_| format!("{text} is no port."))?;
            }
            "--data" => data = Some(PathBuf::from(value()?)),
            "--app" => app = Some(PathBuf::from(value()?)),
            "--testing" => testing = true,
            other => return Err(format!("{other} is unknown. {USAGE}")),
        }
    }
    match (data, app) {
        (Some(data), Some(app)) => Ok(Arguments { port, data, app, testing }),
        _ => Err(USAGE.to_owned()),
    }
}

async fn run() -> Result<(), String> {
    let arguments = read(std::env::args().skip(1))?;
    let app = App::open(&arguments.data, &arguments.app, arguments.testing).await?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).await.map_err(|e| match e.kind() {
        ErrorKind::AddrInUse => format!("Port {} is taken. Choose another one: PORT=9000 make run", arguments.port),
        _ => format!("Port {} cannot be opened: {e}.", arguments.port),
    })?;
    let port = listener.local_addr().map_err(|e| e.to_string())?.port();
    println!("Một Cửa: http://127.0.0.1:{port}/");
    server::serve(listener, app).await.map_err(|e| e.to_string())
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

//! The HTTP server: the app's own files, the API, the desk, and the headers every answer carries.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::connect_info::Connected;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::serve::{IncomingStream, Listener};
use base64::Engine;
use rusqlite::OptionalExtension;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

use crate::api::errors::{Answer, Failure};
use crate::faults::Faults;
use crate::store::Store;
use crate::{api, clock, desk, faults};

/// What every handler can reach.
#[derive(Clone)]
pub struct App {
    pub store: Store,
    /// Signs tokens; made once for a data folder.
    pub key: Arc<[u8; 32]>,
    /// The folder of the built app.
    dist: Arc<PathBuf>,
    /// Only while testing.
    pub faults: Option<Faults>,
}

impl App {
    /// Opens the data folder and finds the app. The error is one plain sentence.
    pub async fn open(data: &Path, dist: &Path, testing: bool) -> Result<App, String> {
        if !dist.join("index.html").is_file() {
            return Err(format!("Không thấy ứng dụng (index.html) trong thư mục {}.", dist.display()));
        }
        let store = Store::open(data)?;
        let key = signing_key(&store).await.map_err(|e| format!("Không đọc được cơ sở dữ liệu: {e}"))?;
        Ok(App { store, key: Arc::new(key), dist: Arc::new(dist.to_owned()), faults: testing.then(Faults::default) })
    }
}

async fn signing_key(store: &Store) -> Answer<[u8; 32]> {
    use base64::engine::general_purpose::STANDARD;
    store
        .with(|tx| {
            let kept: Option<String> =
                tx.query_row("SELECT value FROM settings WHERE key = 'token key'", [], |r| r.get(0)).optional()?;
            if let Some(key) = kept.and_then(|text| STANDARD.decode(text).ok()).and_then(|bytes| bytes.try_into().ok())
            {
                return Ok(key);
            }
            let key: [u8; 32] = rand::random();
            tx.execute(
                "INSERT OR REPLACE INTO settings (key, value) VALUES ('token key', ?1)",
                [STANDARD.encode(key)],
            )?;
            Ok(key)
        })
        .await
}

/// The whole site.
pub fn router(app: App) -> Router {
    let mut router = Router::new().merge(api::router()).merge(desk::router());
    if app.faults.is_some() {
        router = router.merge(faults::router());
    }
    router = router.fallback(app_file);
    if app.faults.is_some() {
        router = router.layer(middleware::from_fn_with_state(app.clone(), faults::disturb));
    }
    router.layer(middleware::from_fn(with_headers)).with_state(app)
}

/// Serves until the process ends.
pub async fn serve(listener: TcpListener, app: App) -> io::Result<()> {
    let service = router(app).into_make_service_with_connect_info::<Peer>();
    axum::serve(Cuttable(listener), service).await
}

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
     media-src 'self' blob:; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'";

async fn with_headers(request: Request, next: Next) -> Response {
    let is_private = ["/o/", "/desk", "/sandbox"].iter().any(|start| request.uri().path().starts_with(start));
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("permissions-policy"), "camera=(self), microphone=(self), geolocation=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if clock::ahead() != 0
        && let Ok(date) = HeaderValue::from_str(&clock::for_header())
    {
        headers.insert(header::DATE, date);
    }
    if is_private && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    answer
}

/// A file of the app; a page's address that is no file gets index.html.
async fn app_file(State(app): State<App>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let is_ours = ["/o", "/desk", "/sandbox"].iter().any(|root| path == *root || path.starts_with(&format!("{root}/")));
    if is_ours {
        return Failure::NoSuchPath.into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let last = path.rsplit('/').next().unwrap_or("");
    // A procedure's code has dots too (/thu-tuc/1.116501), but never a file's ending in letters.
    let ending = last.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_page = !ending.starts_with(|c: char| c.is_ascii_alphabetic());
    let dist: &Path = &app.dist;
    let answer = if is_page {
        ServeFile::new(dist.join("index.html")).precompressed_br().oneshot(request).await.into_response()
    } else {
        let files = ServeDir::new(dist).precompressed_br().append_index_html_on_directories(false);
        files.oneshot(request).await.into_response()
    };
    let mut answer = answer;
    let forever = answer.status().is_success() && is_hashed(last);
    let rule = if forever { "public, max-age=31536000, immutable" } else { "no-cache" };
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(rule));
    answer.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    answer
}

/// `name-<hex>.ext` or `name-<hex>_bg.wasm`: the content never changes under that name.
fn is_hashed(name: &str) -> bool {
    let Some((stem, _)) = name.split_once('.') else {
        return false;
    };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| hash.len() >= 8 && hash.chars().all(|c| c.is_ascii_hexdigit()))
}

/// A listener whose connections can be cut from inside, as a bad network does.
struct Cuttable(TcpListener);

/// Who is at the other end, and the handle to cut the line.
#[derive(Clone, Debug)]
pub struct Peer {
    address: SocketAddr,
    cut: Arc<AtomicBool>,
}

impl Peer {
    pub fn address(&self) -> String {
        self.address.ip().to_string()
    }

    /// From now on nothing more is read or written: the connection ends without an answer.
    pub fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
    }
}

pub struct Line {
    stream: TcpStream,
    peer: Peer,
}

impl Listener for Cuttable {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        let _ = stream.set_nodelay(true);
        (Line { stream, peer: Peer { address, cut: Arc::new(AtomicBool::new(false)) } }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Cuttable>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Cuttable>) -> Peer {
        stream.io().peer.clone()
    }
}

impl Line {
    fn broken(&self) -> Option<io::Error> {
        self.peer.cut.load(Ordering::SeqCst).then(|| io::ErrorKind::ConnectionReset.into())
    }
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.broken() {
            Some(e) => Poll::Ready(Err(e)),
            None => Pin::new(&mut self.stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match self.broken() {
            Some(e) => Poll::Ready(Err(e)),
            None => Pin::new(&mut self.stream).poll_write(cx, buf),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn only_hashed_names_are_kept_forever() {
        assert!(is_hashed("mot-cua-0123456789abcdef.js"));
        assert!(is_hashed("mot-cua-0123456789abcdef_bg.wasm"));
        assert!(!is_hashed("index.html"));
        assert!(!is_hashed("service-worker.js"));
        assert!(!is_hashed("manifest.webmanifest"));
    }
}

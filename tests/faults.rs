//! Sending over a bad network to a portal on a bad day: many dossiers through many faults, and the portal's process killed
//! in between. Whatever happens, each arrives once, whole, byte for byte, and none is called sent that is not.
//!
//! `DOSSIERS` sets how many (20; 200 in `make soak`), `SEED` which faults.

#[path = "contract/native.rs"]
mod native;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use mot_cua::{
    dossier::{
        paper::{Page, Paper, PaperFile},
        sending::{Care, News, Sending, Stopped, send},
    },
    portal::{
        Portal, Trouble,
        account::SignIn,
        http::{Answer, Request, Transport, Upload},
    },
};
use native::Native;
use serde_json::{Value, json};

/// Faults that strike, for each dossier. More are laid out, since a request that one waits for may never come.
const FAULTS: u64 = 5;
const LAID_OUT: usize = 9;
const FILES: usize = 5;

/// A small generator (SplitMix64): the same seed, the same day.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % most
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }
}

/// The sandbox in a process of its own, which can be killed.
struct House {
    child: RefCell<Child>,
    port: u16,
    folder: tempfile::TempDir,
}

impl House {
    fn open() -> House {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("dist")).unwrap();
        std::fs::write(folder.path().join("dist/index.html"), "<!doctype html>").unwrap();
        let (child, port) = start(folder.path(), 0);
        House { child: RefCell::new(child), port, folder }
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// As a power cut does it.
    fn kill(&self) {
        let mut child = self.child.borrow_mut();
        child.kill().unwrap();
        child.wait().unwrap();
        *child = start(self.folder.path(), self.port).0;
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let child = self.child.get_mut();
        let _ = child.kill();
        let _ = child.wait();
    }
}

fn program() -> PathBuf {
    // Beside the folder of the tests; the workspace's tests build it.
    let here = std::env::current_exe().unwrap();
    here.parent().and_then(Path::parent).unwrap().join("sandbox")
}

fn start(folder: &Path, port: u16) -> (Child, u16) {
    let mut child = Command::new(program())
        .args(["--testing", "--port", &port.to_string(), "--data"])
        .arg(folder.join("portal"))
        .arg("--app")
        .arg(folder.join("dist"))
        .stdout(Stdio::piped())
        .spawn()
        .expect("the sandbox is built");
    let said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let port = said
        .filter_map(|line| line.split("http://127.0.0.1:").nth(1)?.split('/').next()?.trim().parse().ok())
        .next()
        .expect("the sandbox tells its port");
    (child, port)
}

/// The client's side of a bad network: now and then the portal dies before or under a request.
struct Rough<'a> {
    native: &'a Native,
    house: &'a House,
    /// After so many more requests the portal is killed.
    kill: Cell<Option<u32>>,
    requests: Cell<u32>,
    sent: Cell<u64>,
}

impl Transport for &Rough<'_> {
    async fn carry(&self, request: Request) -> Result<Answer, Trouble> {
        self.unless_killed(self.native.carry(request)).await
    }

    async fn carry_file(&self, request: Request, file: Upload<'_>) -> Result<Answer, Trouble> {
        self.sent.set(self.sent.get() + file.bytes.len() as u64);
        self.unless_killed(self.native.carry_file(request, file)).await
    }
}

impl Rough<'_> {
    async fn unless_killed(&self, answer: impl Future<Output = Result<Answer, Trouble>>) -> Result<Answer, Trouble> {
        self.requests.set(self.requests.get() + 1);
        let last = self.kill.get() == Some(0);
        self.kill.set(self.kill.get().and_then(|more: u32| more.checked_sub(1)));
        let answer = answer.await;
        if last {
            // The request was answered or not; nobody hears of it.
            self.house.kill();
            return Err(Trouble::Offline);
        }
        answer
    }
}

/// What may go wrong, and where.
fn fault(chance: &mut Chance) -> Value {
    let (method, path) = *chance.one(&[
        ("POST", "/o/rest/v2/dossiers"),
        ("PUT", "/o/rest/v2/dossiers/*"),
        ("GET", "/o/rest/v2/dossiers/*"),
        ("POST", "/o/rest/v2/dossiers/*/files"),
        ("POST", "/o/rest/v2/dossiers/*/files"),
        ("POST", "/o/rest/v2/dossiers/*/files"),
        ("GET", "/o/rest/v2/dossiers/*/files"),
        ("GET", "/o/rest/v2/dossiers/*/files/*"),
        ("GET", "/o/rest/v2/dossiers/*/nextactions"),
        ("POST", "/o/rest/v2/dossiers/*/actions"),
    ]);
    let skip = if path.ends_with("files") || path.ends_with("files/*") { chance.below(FILES as u64) } else { 0 };
    let answer = |status: u16, kind: &str, body: &str, headers: Value| json!({ "kind": "answer", "status": status, "contentType": kind, "body": body, "headers": headers });
    let html = "<html><h1>502 Bad Gateway</h1></html>";
    let mut fault = match chance.below(10) {
        0 => json!({ "kind": "drop-before" }),
        1 => json!({ "kind": "drop-in" }),
        2 | 3 => json!({ "kind": "drop-after" }),
        4 => json!({ "kind": "truncate" }),
        5 => json!({ "kind": "twice" }),
        6 => json!({ "kind": "delay", "ms": 400 }),
        7 => answer(429, "text/plain", "", json!({ "Retry-After": "0" })),
        8 => answer(502, "text/html", html, json!({})),
        _ => answer(500, "application/json", r#"{"code":500}"#, json!({})),
    };
    let fields = fault.as_object_mut().unwrap();
    fields.insert("method".into(), method.into());
    fields.insert("path".into(), path.into());
    fields.insert("skip".into(), skip.into());
    fault
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn through_all_faults_each_dossier_arrives_once_and_whole() {
    let (count, seed) = (number("DOSSIERS", 20), number("SEED", 1));
    let house = House::open();
    let address = house.address();
    // Who waits for less than a delayed answer takes hears some of them too late.
    let mut native = native::native();
    native.agent = ureq::AgentBuilder::new().timeout(Duration::from_millis(300)).build();
    let calm = native::native();
    let rough =
        Rough { native: &native, house: &house, kill: Cell::new(None), requests: Cell::new(0), sent: Cell::new(0) };
    let portal = Portal::new(&rough, &address, 51801, None);
    let truth = Portal::new(&calm, &address, 51801, None);
    let mut chance = Chance(seed);
    let (mut stops, mut kills, mut useful) = (0, 0, 0u64);
    let mut struck = 0u64;
    let mut expected: BTreeMap<i64, Vec<PaperFile>> = BTreeMap::new();
    pollster::block_on(async {
        for each in [
            &portal.sign_in("chau@example.vn", "matkhau3", None).await,
            &truth.sign_in("chau@example.vn", "matkhau3", None).await,
        ] {
            assert_eq!(*each, Ok(SignIn::Done));
        }
        for run in 0..count {
            let (mut draft, mut files) = native::draft(&truth, run as u32).await;
            for (n, paper) in draft.requirements.iter().enumerate() {
                if files.len() < FILES && files.iter().all(|file| file.part != paper.part) {
                    let upload = draft.id.replace("0b0b", &format!("0c{n:02x}"));
                    files.push(PaperFile { upload, part: paper.part.clone(), ..files[0].clone() });
                }
            }
            for file in &mut files {
                let length = 2_000 + chance.below(60_000) as usize;
                let mut bytes = b"%PDF-1.7\n".to_vec();
                bytes.extend((0..length).map(|_| chance.below(256) as u8));
                file.bytes = bytes;
                let page = Page { source: mot_cua::dossier::paper::Source::Pdf, ..Page::new(file.upload.clone(), 1) };
                draft.papers.insert(file.part.clone(), Paper { upload: file.upload.clone(), pages: vec![page] });
            }
            useful += files.iter().map(|file| file.bytes.len() as u64).sum::<u64>();
            let faults: Vec<Value> = (0..LAID_OUT).map(|_| fault(&mut chance)).collect();
            calm.agent.put(&format!("{address}/sandbox/faults")).send_string(&json!(faults).to_string()).unwrap();
            if run % 5 == 4 {
                rough.kill.set(Some(chance.below(16) as u32));
                kills += 1;
            }
            let same = RefCell::default();
            let mut tries = 0;
            let receipt = loop {
                tries += 1;
                assert!(tries < 40, "dossier {run} of seed {seed} is never sent");
                let kept = Cell::new(None);
                let keep = async |dossier| {
                    kept.set(Some(dossier));
                    true
                };
                let care = Care { read_back: Some(&same), unchanged: &|| true };
                let outcome = send(&portal, &draft, &files, &care, keep, &|_: News| {}).await;
                draft.sending = kept.get().map_or(draft.sending.clone(), Sending::Begun);
                if draft.sending == Sending::Draft {
                    draft.sending = Sending::Opening;
                }
                match outcome {
                    Ok(receipt) => break receipt,
                    // As the outbox does.
                    Err(Stopped::Portal(trouble)) if trouble.may_pass() => stops += 1,
                    Err(other) => panic!("dossier {run} of seed {seed}: {other:?}"),
                }
            };
            rough.kill.set(None);
            // A portal that was killed has forgotten those before.
            struck += calm
                .agent
                .get(&format!("{address}/sandbox/faults"))
                .call()
                .unwrap()
                .into_string()
                .unwrap()
                .parse::<u64>()
                .unwrap();
            calm.agent.delete(&format!("{address}/sandbox/faults")).call().unwrap();
            let state = truth.dossier(receipt.dossier).await.unwrap();
            assert!(state.submitted.is_some(), "dossier {run} was called sent and is not");
            assert!(expected.insert(receipt.dossier, files).is_none(), "two drafts became one dossier");
        }
        // The truth, from the portal's own lists.
        let list = calm.agent.get(&format!("{address}/o/rest/v2/dossiers?start=0&end=1000&owner=true"));
        let list: Value =
            serde_json::from_str(&list.set("groupId", "51801").call().unwrap().into_string().unwrap()).unwrap();
        assert_eq!(list["data"].as_array().unwrap().len() as u64, count, "none lost, none doubled");
        let mut wrong = 0;
        for (dossier, files) in &expected {
            let held = mot_cua::dossier::sending::Office::held(&truth, *dossier).await.unwrap();
            assert_eq!(held.len(), FILES, "each file once");
            for file in files {
                let content = mot_cua::dossier::sending::Office::content(&truth, *dossier, &file.upload).await.unwrap();
                wrong += usize::from(content != file.bytes);
            }
        }
        assert_eq!(wrong, 0, "byte for byte");
    });
    assert!(struck >= FAULTS * count, "only {struck} faults have struck");
    println!("| dossiers | faults that struck | runs that stopped | kills | requests | bytes of files | sent again |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    println!(
        "| {count} × {FILES} files | {struck} | {stops} | {kills} | {} | {useful} | {} ({:.0} %) |",
        rough.requests.get(),
        rough.sent.get() - useful,
        100.0 * (rough.sent.get() - useful) as f64 / useful as f64
    );
}

//! The contract with the portal: against recorded exchanges, and against the sandbox over real HTTP.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::net::TcpListener;

#[path = "contract/native.rs"]
mod native;

use mot_cua::{
    catalogue::{
        checklist::{self, Call},
        guide::{Condition, Guide},
        questions::{Answers, from_link},
        requirement::Need,
    },
    dossier::{
        draft::Draft,
        paper::PaperFile,
        sending::{Care, News, Sending, Stopped, send},
        status::Status,
    },
    portal::{
        Portal, Trouble,
        account::SignIn,
        http::{Answer, Request, Transport, Upload},
    },
};
use native::{Native, draft, native, verb};
use serde_json::Value;

// --- recorded exchanges ------------------------------------------------------------------------------------------------

/// Answers from `contract/exchanges.json`, each to exactly its request.
struct Recorded(Vec<Value>);

impl Recorded {
    fn portal() -> Portal<Recorded> {
        let exchanges = serde_json::from_str(include_str!("contract/exchanges.json")).unwrap();
        Portal::new(Recorded(exchanges), "", 51801, None)
    }
}

impl Transport for Recorded {
    async fn carry(&self, request: Request) -> Result<Answer, Trouble> {
        let method = verb(request.method);
        assert!(request.headers.contains(&("groupId", "51801".to_owned())), "every request names the site");
        let ask = format!("{method} {}", request.url);
        let found = self.0.iter().find(|exchange| exchange["ask"] == ask);
        let exchange = found.unwrap_or_else(|| panic!("nothing was recorded for {ask}"));
        if let Some(header) = exchange["header"].as_array() {
            let held = request.headers.iter().find(|(name, _)| *name == header[0]).expect("the header");
            assert_eq!(held.1, header[1].as_str().unwrap());
        }
        let body = exchange["text"].as_str().map_or_else(|| exchange["body"].to_string(), str::to_owned);
        Ok(Answer {
            status: exchange["status"].as_u64().unwrap() as u16,
            retry_after: None,
            ahead: None,
            bytes: body.into_bytes(),
        })
    }

    async fn carry_file(&self, request: Request, _: Upload<'_>) -> Result<Answer, Trouble> {
        self.carry(request).await
    }
}

#[test]
fn recorded_answers_are_read_in_every_form_the_portal_gives_them() {
    let portal = Recorded::portal();
    pollster::block_on(async {
        let (rows, total) = portal.services(0, 2).await.unwrap();
        assert_eq!((rows.len(), total), (2, 214));
        assert_eq!(rows[0].agencies, ["Công an phường Mẫu"]);
        assert_eq!(rows[0].duration, ["Trực tuyến: 03 ngày làm việc"]);
        assert_eq!(rows[1].agencies, ["Sở Mẫu"]);
        let (rows, total) = portal.services(2, 4).await.unwrap();
        assert_eq!((rows[0].code.as_str(), rows[0].agencies[0].as_str(), total), ("1004194", "Nơi duy nhất", 3));
        assert_eq!(portal.cases(1).await.unwrap(), []);

        let papers = portal.requirements("TPHS01").await.unwrap();
        let parts: Vec<&str> = papers.iter().map(|paper| paper.part.as_str()).collect();
        assert_eq!(parts, ["TP01", "TP02", "TP99"], "results are no papers to hand in");
        assert_eq!((papers[0].originals, papers[0].copies), (Some(1), Some(2)));
        assert_eq!(papers[0].group.as_deref(), Some("Giấy tờ phải nộp"));
        assert_eq!((papers[0].limit.max_bytes, papers[0].limit.takes("pdf")), (5_000_000, true));
        assert_eq!(papers[1].need, Need::If("nếu có".into()));
        assert_eq!(papers[2].need, Need::Optional);

        let dossier = portal.dossier_by_secret("77602", "4821").await.unwrap();
        assert_eq!(dossier.status, Status::Processing);
        assert_eq!(dossier.due.unwrap().date_time(), "05/03/2021 17:00");
        assert_eq!((dossier.extended, dossier.note), (None, vec!["Hồ sơ đang được thụ lý".to_owned()]));
        assert_eq!(portal.dossier_by_secret("1", "0000").await, Err(Trouble::WrongSecret));
        assert_eq!(portal.my_dossiers().await, Err(Trouble::SignInNeeded));
        assert_eq!(portal.service("9.999999").await, Err(Trouble::Refused(String::new())));
        let log = portal.log(77602, None).await.unwrap();
        assert_eq!((log.len(), log[0].step.as_str()), (1, "Tiếp nhận"));
        let stages = portal.stages(77602, None).await.unwrap();
        assert_eq!((stages[0].role.as_str(), stages[0].people.len(), stages[0].days), ("Cán bộ thụ lý", 1, 2));
        assert!(stages[0].is_current && stages[0].since.is_some() && stages[1].since.is_none());
        assert_eq!(portal.who().await, Ok(None));
    });
}

// --- the sandbox -------------------------------------------------------------------------------------------------------

/// A sandbox of its own on a free port.
fn sandbox() -> (String, tempfile::TempDir) {
    let data = tempfile::tempdir().unwrap();
    let dist = data.path().join("dist");
    std::fs::create_dir(&dist).unwrap();
    std::fs::write(dist.join("index.html"), "<!doctype html>").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    listener.set_nonblocking(true).unwrap();
    let folder = data.path().join("portal");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let app = sandbox::server::App::open(&folder, &dist, true).await.unwrap();
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            sandbox::server::serve(listener, app).await.unwrap();
        });
    });
    (address, data)
}

/// With the care of a network that costs nothing.
fn care(same: &RefCell<Vec<String>>) -> Care<'_> {
    Care { read_back: Some(same), unchanged: &|| true }
}

/// Sends until it is done, as the outbox does after each lost answer; gives the number of tries.
async fn until_sent(
    portal: &Portal<&Native>,
    draft: &mut Draft,
    files: &[PaperFile],
) -> (mot_cua::dossier::receipt::Receipt, u32) {
    let same = RefCell::default();
    for tries in 1..100 {
        let kept = Cell::new(None);
        let keep = async |dossier| {
            kept.set(Some(dossier));
            true
        };
        let outcome = send(portal, draft, files, &care(&same), keep, &|_: News| {}).await;
        draft.sending = kept.get().map_or(draft.sending.clone(), Sending::Begun);
        if draft.sending == Sending::Draft {
            draft.sending = Sending::Opening;
        }
        match outcome {
            Ok(receipt) => return (receipt, tries),
            Err(Stopped::Portal(Trouble::Offline)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    panic!("never sent");
}

#[test]
fn the_sandbox_takes_a_dossier_and_shows_it_to_its_owner_alone() {
    let (address, _data) = sandbox();
    let (owner, stranger) = (native(), native());
    let portal = Portal::new(&owner, &address, 51801, None);
    pollster::block_on(async {
        let (all, total) = portal.services(0, 100).await.unwrap();
        assert_eq!((all.len(), total), (33, 33));
        let (mut draft, files) = draft(&portal, 0).await;
        let same = RefCell::default();
        let refused = send(&portal, &draft, &files, &care(&same), async |_| true, &|_| {}).await;
        assert_eq!(refused.unwrap_err(), Stopped::Portal(Trouble::SignInNeeded));
        assert_eq!(portal.sign_in("chau@example.vn", "sai", None).await, Ok(SignIn::Wrong));
        assert_eq!(portal.sign_in("chau@example.vn", "matkhau3", None).await, Ok(SignIn::Done));
        assert_eq!(portal.who().await.unwrap().as_deref(), Some("chau@example.vn"));

        let (receipt, tries) = until_sent(&portal, &mut draft, &files).await;
        assert_eq!((tries, receipt.files.len(), receipt.number), (1, files.len(), None));
        assert!(receipt.sent.is_some());
        let mine = portal.my_dossiers().await.unwrap();
        assert_eq!((mine.len(), &mine[0].status), (1, &Status::Registered));
        // Who filed it, as a copy takes them over; the portal keeps names in capitals.
        let (people, chau) = (portal.people(receipt.dossier).await.unwrap(), &draft.people.applicant);
        let read = &people.applicant;
        assert!(!people.on_behalf());
        assert_eq!((&read.id_number, &read.birth, &read.street), (&chau.id_number, &chau.birth, &chau.street));
        assert_eq!((read.name.as_str(), &read.ward.code), ("THẠCH THỊ CHÂU", &chau.ward.code));

        let guest = Portal::new(&stranger, &address, 51801, None);
        let number = receipt.dossier.to_string();
        assert_eq!(guest.dossier_by_secret(&number, "000000").await, Err(Trouble::WrongSecret));
        assert_eq!(guest.dossier_by_secret(&number, "135790").await.unwrap().dossier, receipt.dossier);
        assert_eq!(guest.sign_in("an@example.vn", "matkhau1", None).await, Ok(SignIn::Done));
        assert_eq!(guest.dossier(receipt.dossier).await, Err(Trouble::Refused(String::new())));
    });
    let personal = ["092177004321", "0900000003", "chau", "135790", "matkhau"];
    for url in owner.asked.borrow().iter().chain(stranger.asked.borrow().iter()) {
        assert!(personal.iter().all(|word| !url.contains(word)), "nothing personal in {url}");
    }
}

#[test]
fn what_was_begun_is_taken_back_and_what_was_sent_stays() {
    let (address, _data) = sandbox();
    let client = native();
    let portal = Portal::new(&client, &address, 51801, None);
    pollster::block_on(async {
        portal.sign_in("chau@example.vn", "matkhau3", None).await.unwrap();
        let (mut draft, files) = draft(&portal, 0).await;
        // All files are there, and then the citizen changes something.
        let begun = Cell::new(0);
        let keep = async |dossier| {
            begun.set(dossier);
            true
        };
        let care = Care { read_back: None, unchanged: &|| false };
        let stopped = send(&portal, &draft, &files, &care, keep, &|_| {}).await;
        assert_eq!(stopped.unwrap_err(), Stopped::Changed);
        draft.sending = Sending::Begun(begun.get());
        assert_eq!(portal.take_back(&draft).await, Ok(true));
        assert_eq!(portal.take_back(&draft).await, Ok(true), "again does no harm");
        assert_eq!(portal.dossier(begun.get()).await, Err(Trouble::Refused(String::new())));

        draft.sending = Sending::Draft;
        let (receipt, _) = until_sent(&portal, &mut draft, &files).await;
        assert_ne!(receipt.dossier, begun.get());
        draft.sending = Sending::Begun(receipt.dossier);
        assert_eq!(portal.take_back(&draft).await, Ok(false), "what has arrived is the office's");
        assert!(portal.dossier(receipt.dossier).await.unwrap().submitted.is_some());
    });
}

#[test]
fn an_answer_lost_at_any_step_ends_in_one_dossier_with_each_file_once() {
    let (address, _data) = sandbox();
    let client = native();
    let portal = Portal::new(&client, &address, 51801, None);
    pollster::block_on(async {
        portal.sign_in("chau@example.vn", "matkhau3", None).await.unwrap();
        for lost in 0.. {
            let (mut draft, files) = draft(&portal, lost).await;
            client.lose.set(Some(lost));
            let (receipt, tries) = until_sent(&portal, &mut draft, &files).await;
            let had_its_turn = client.lose.take().is_none();
            let mine = portal.my_dossiers().await.unwrap();
            assert_eq!(mine.len(), lost as usize + 1, "one dossier more, whichever answer was lost");
            assert!(mine.iter().any(|one| one.dossier == receipt.dossier));
            let pairs = |all: Vec<(&String, u64)>| {
                all.into_iter().map(|(id, bytes)| (id.clone(), bytes)).collect::<BTreeSet<_>>()
            };
            assert_eq!(receipt.files.len(), files.len());
            assert_eq!(
                pairs(receipt.files.iter().map(|file| (&file.upload, file.bytes)).collect()),
                pairs(files.iter().map(|file| (&file.upload, file.bytes.len() as u64)).collect())
            );
            // A run that ends before the answer that was to be lost: every answer has had its turn.
            if !had_its_turn {
                assert!(lost > 6 && tries == 1, "a run has more than a handful of requests");
                break;
            }
        }
    });
}

// --- guides ------------------------------------------------------------------------------------------------------------

/// Every way of answering a guide's questions, as an app would ask them.
fn ways(guide: &Guide) -> Vec<Answers> {
    let mut ways = vec![Answers::new()];
    for question in &guide.questions {
        let asked = |way: &Answers| question.when.as_ref().is_none_or(|when| holds(when, way));
        ways = ways
            .into_iter()
            .flat_map(|way| {
                if !asked(&way) {
                    return vec![way];
                }
                let with = |answer: &str| {
                    let mut longer = way.clone();
                    longer.insert(question.id.clone(), answer.to_owned());
                    longer
                };
                question.answers.iter().map(|answer| with(&answer.id)).collect()
            })
            .collect();
    }
    ways
}

/// What docs/guides.md says a condition is: every question it names was asked and got one of the answers.
fn holds(condition: &Condition, way: &Answers) -> bool {
    condition.iter().all(|(question, answers)| way.get(question).is_some_and(|answer| answers.contains(answer)))
}

#[test]
fn every_way_of_answering_a_guide_ends_in_the_papers_that_the_portal_asks_for() {
    let (address, _data) = sandbox();
    let native = native();
    let portal = Portal::new(&native, &address, 0, None);
    let (mut walked, mut guides) = (0, 0);
    pollster::block_on(async {
        for file in std::fs::read_dir("public/guides").unwrap() {
            let path = file.unwrap().path();
            let Ok(guide) = serde_json::from_slice::<Guide>(&std::fs::read(&path).unwrap()) else { continue };
            let code = &guide.entry.procedure;
            let procedure = portal.service(code).await.unwrap();
            assert!(guide.is_as_new_as(&procedure.legal_basis), "{code} is older than the record");
            let cases = portal.cases(procedure.places[0].config).await.unwrap();
            guide.sound(cases.len()).unwrap_or_else(|fault| panic!("{code}: {fault}"));
            let mut papers = Vec::new();
            for case in &cases {
                papers.push(portal.requirements(&case.template).await.unwrap());
            }
            guides += 1;
            for way in ways(&guide) {
                assert_eq!(guide.kept(&way), way, "{code}: all of {way:?} was asked");
                assert!(guide.next_for_case(&way).is_none(), "{code}: {way:?} leads to a case");
                let led = guide.case_of(&way);
                assert_eq!(led.is_some(), guide.leads_to_cases(), "{code}: {way:?}");
                let reached = led.map_or(0..cases.len(), |case| case..case + 1);
                for paper in papers[reached].iter().flatten() {
                    let when = guide.paper(&paper.name).and_then(|hint| hint.when.as_ref());
                    let by_answer = when.map(|when| when.conditions().iter().any(|one| holds(one, &way)));
                    let expected = match (&paper.need, by_answer) {
                        (Need::Optional, _) => "optional",
                        (_, Some(true)) | (Need::Required, None) => "needed",
                        (_, Some(false)) => "not needed",
                        (Need::If(_), None) => "as published",
                    };
                    let called = match checklist::call(paper, Some(&guide), &way) {
                        Call::Needed(_) => "needed",
                        Call::If(_) => "as published",
                        Call::NotNeeded(_) => "not needed",
                        Call::Optional => "optional",
                    };
                    assert_eq!(called, expected, "{code} {way:?}: {}", paper.name);
                }
                walked += 1;
            }
            if code == "1.116501" {
                // One owner who files, or husband and wife who both sign: neither needs a paper of authority.
                for who in ["cho-minh", "vo-chong"] {
                    let plot = "hinh-thuc.mua-ban,phan-nao.nguyen-thua,do-lai.khong,the-chap.khong";
                    let way = from_link(&format!("{plot},nguoi-nhan.mot,nop-thay.{who}"));
                    assert!(ways(&guide).contains(&way), "{way:?} answers all that is asked");
                    let needed = papers[0]
                        .iter()
                        .filter(|paper| matches!(checklist::call(paper, Some(&guide), &way), Call::Needed(_)));
                    assert_eq!(needed.count(), 3, "who sells a whole plot, unmortgaged, needs three papers: {who}");
                }
            }
        }
    });
    assert!(guides >= 33 && walked > 500, "{guides} guides, {walked} ways");
}

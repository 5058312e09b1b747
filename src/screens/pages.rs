//! The pages of one paper: photographed or picked, looked at, cut out, turned, ordered, taken anew, deleted.

mod adjust;

use std::collections::HashMap;
use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};
use web_sys::{Blob, Event};

use crate::{
    device::{
        camera,
        files::{self, Address},
        identity, visit,
    },
    dossier::paper::{Corners, Doubt, Finish, Made, Page, Paper, Source},
    journey::{drafts::Open, pages},
    messages::{say, say_with, size},
    shell::{announce, focus, shell},
    widgets::{
        camera::camera,
        dialogue::ask_first,
        element::{El, button, el, group},
        field::picker,
        heading::heading,
        notice::{Kind, notice},
        paper_hint,
        stepper::stepper,
    },
};

/// What every row of the list works on.
#[derive(Clone)]
struct Desk {
    open: Open,
    draft: Rc<str>,
    part: Rc<str>,
    /// How many files are being taken in.
    busy: RwSignal<usize>,
    /// What was wrong with files.
    refused: RwSignal<Vec<String>>,
    /// The pictures on the screen, by page.
    pictures: RwSignal<HashMap<String, Rc<Address>>, LocalStorage>,
    /// The page that is shown large.
    large: RwSignal<Option<String>>,
    /// The page whose corners and look are being chosen.
    adjusting: RwSignal<Option<String>>,
    /// The camera is open.
    filming: RwSignal<bool>,
}

impl Desk {
    fn pages(&self) -> Vec<Page> {
        pages_of(self.open, &self.part)
    }

    /// Takes in the files of a file input.
    fn take(&self, event: &Event, instead_of: Option<String>) {
        let (desk, picked) = (self.clone(), files::picked(event));
        desk.refused.set(Vec::new());
        desk.busy.update(|busy| *busy += picked.len());
        visit::remember(AWAY, "");
        spawn_local(async move {
            for file in picked {
                let said = pages::take(desk.open, &desk.part, &file, instead_of.as_deref()).await;
                desk.tell(said, "pages.added");
            }
        });
    }

    /// Takes in a photograph from the camera on the page.
    fn filmed(&self, photograph: Blob) {
        let desk = self.clone();
        desk.busy.update(|busy| *busy += 1);
        spawn_local(async move {
            let said = pages::take_in(desk.open, &desk.part, photograph, "", None).await;
            desk.tell(said, "pages.added");
        });
    }

    /// One file or page is done: says so, or what was wrong with it.
    fn tell(&self, refused: Option<String>, done: &str) {
        announce(refused.clone().unwrap_or_else(|| say(done)));
        self.refused.try_update(|all| all.extend(refused));
        self.busy.try_update(|busy| *busy = busy.saturating_sub(1));
    }

    /// Makes a page anew from its photograph.
    fn make_anew(&self, id: String, corners: Corners, cut_out: bool, finish: Finish) {
        let desk = self.clone();
        desk.busy.update(|busy| *busy += 1);
        desk.refused.set(Vec::new());
        spawn_local(async move {
            let refused = pages::make_anew(desk.open, &desk.part, &id, corners, cut_out, finish).await;
            desk.pictures.try_update(|pictures| pictures.remove(&id));
            if let Some(page) = desk.pages().iter().find(|page| page.id == id) {
                desk.load(page);
            }
            desk.adjusting.try_set(None);
            desk.tell(refused, "pages.made-anew");
            focus("pages");
        });
    }

    /// Changes the paper, says so, and puts the focus on the control with this id again: the list is drawn anew.
    fn change(&self, change: impl FnOnce(&mut Paper) + 'static, said: &str, then: String) {
        let (open, part, said) = (self.open, self.part.clone(), say(said));
        spawn_local(async move {
            let changed = open.change(|draft| {
                if let Some(paper) = draft.change_pages(&part, identity::new_id()) {
                    change(paper);
                }
            });
            if changed.await {
                announce(said);
                focus(&then);
            }
        });
    }

    fn delete(&self, id: String) {
        let desk = self.clone();
        spawn_local(async move {
            let gone = id.clone();
            let part = desk.part.clone();
            let saved = desk
                .open
                .change(move |draft| {
                    if let Some(paper) = draft.change_pages(&part, identity::new_id()) {
                        paper.pages.retain(|page| page.id != gone);
                    }
                })
                .await;
            if let (true, Ok(store)) = (saved, &shell().store) {
                let _ = store.forget_page(&desk.draft, &id).await;
            }
            announce(say("pages.deleted"));
            focus("pages");
        });
    }

    /// Fetches the picture of a page from the device, once.
    fn load(&self, page: &Page) {
        let (desk, id) = (self.clone(), page.id.clone());
        if page.made == Made::Waiting || desk.pictures.with_untracked(|pictures| pictures.contains_key(&id)) {
            return;
        }
        spawn_local(async move {
            let Ok(store) = &shell().store else { return };
            let Ok(Some(file)) = store.page(&desk.draft, &id).await else { return };
            if let Some(address) = Address::of(file.picture.as_ref().unwrap_or(&file.original)) {
                desk.pictures.try_update(|pictures| pictures.insert(id, Rc::new(address)));
            }
        });
    }
}

pub fn screen(open: Open, part: String) -> El {
    let Some(draft) = open.peek() else { return group() };
    let back = format!("/ho-so/{}/giay-to", draft.id);
    let Some(paper) = draft.requirement(&part).cloned() else {
        return group()
            .child(heading(say("nowhere.title")))
            .child(el("p").child(el("a").class("button").attr("href", back).child(say("pages.back"))));
    };
    let count = {
        let part = part.clone();
        move || say_with("pages.count", &[("n", &pages_of(open, &part).len().to_string())])
    };
    group().child(stepper(3)).child(heading(say(draft.paper_name(&paper)))).child(paper_of(open, part)).child(
        el("div")
            .class("foot")
            .child(el("p").attr("role", "status").child(count))
            .child(el("a").class("button").attr("href", back).child(say("pages.done"))),
    )
}

/// A paper with the ways to bring in its pages, and the pages; on whatever screen, one at a time.
pub fn paper_of(open: Open, part: String) -> El {
    let Some(draft) = open.peek() else { return group() };
    let Some(paper) = draft.requirement(&part).cloned() else { return group() };
    let desk = Desk {
        open,
        draft: draft.id.as_str().into(),
        part: part.as_str().into(),
        busy: RwSignal::new(0),
        refused: RwSignal::new(Vec::new()),
        pictures: RwSignal::new_local(HashMap::new()),
        large: RwSignal::new(None),
        adjusting: RwSignal::new(None),
        filming: RwSignal::new(false),
    };
    spawn_local(async move { pages::look_again(open, &part).await });

    let (listed, above) = (desk.clone(), desk.clone());
    // The rows are drawn anew only when a page changes, not whenever the draft does: the focus stays.
    let shown = {
        let part = desk.part.to_string();
        Memo::new(move |_| pages_of(open, &part))
    };
    let (busy, refused) = (desk.busy, desk.refused);
    let stop = button("plain", say("pages.stop"), |_| shell().scanner.cancel()).id("stop");
    let limit = say_with(
        "pages.limit",
        &[("limit", &size(paper.limit.max_bytes)), ("kinds", &paper.limit.extensions.join(", ").to_uppercase())],
    );
    group()
        .child(match (draft.answers, draft.hints.get(&paper.part)) {
            // What the office said of it stands open.
            (Some(_), Some(hint)) if !hint.why.is_empty() => notice(Kind::Late, hint.why.clone()),
            (_, hint) => paper_hint::more(&paper, hint),
        })
        .child(paper_hint::need(&paper.need))
        .child(paper_hint::count(&paper).map(|count| el("p").class("hint").child(count)))
        .child(was_away().then(|| notice(Kind::Info, say("pages.was-away"))))
        .child(move || ways_in(&above))
        .child(el("p").class("hint").child(limit))
        .child(
            el("div")
                .class("working")
                .toggle("busy", move || busy.get() > 0)
                .child(
                    el("p")
                        .attr("role", "status")
                        .class("waiting")
                        .child(move || (busy.get() > 0).then(|| say("pages.working"))),
                )
                .child(stop),
        )
        .child(move || refused.get().into_iter().map(|text| notice(Kind::Wrong, text)).collect::<Vec<_>>())
        .child(el("ol").class("pages").id("pages").attr("tabindex", "-1").child(move || list(&listed, &shown.get())))
}

fn pages_of(open: Open, part: &str) -> Vec<Page> {
    open.with(|draft| draft.papers.get(part).map(|paper| paper.pages.clone())).flatten().unwrap_or_default()
}

/// The tab remembers something under this name while the phone's camera is open.
const AWAY: &str = "at-camera";

/// Whether the phone closed this page while its camera was open, as phones with little memory do. The photograph that
/// was being taken never came back.
fn was_away() -> bool {
    let away = !visit::remembered(AWAY).is_empty();
    visit::remember(AWAY, "");
    away
}

/// The ways to bring in pages: the camera on the page, the phone's camera, files. Or the camera itself.
fn ways_in(desk: &Desk) -> El {
    let (taking, picking, filmed) = (desk.clone(), desk.clone(), desk.clone());
    let filming = desk.filming;
    if filming.get() {
        return camera(
            move |photograph| filmed.filmed(photograph),
            move || {
                filming.set(false);
                focus("film");
            },
        );
    }
    let live = camera::is_known();
    let film = live.then(|| button("picker main", say("pages.film"), move |_| filming.set(true)).id("film"));
    el("div")
        .class("take")
        .child(film)
        .child(
            picker("camera", "pages.camera", !live, true, false, move |event| taking.take(&event, None))
                .on("click", |_| visit::remember(AWAY, "1"))
                .on("cancel", |_| visit::remember(AWAY, "")),
        )
        .child(picker("files", "pages.files", false, false, true, move |event| picking.take(&event, None)))
}

fn list(desk: &Desk, pages: &[Page]) -> Vec<El> {
    if pages.is_empty() {
        return vec![el("li").class("hint").child(say("pages.none"))];
    }
    let last = pages.len() - 1;
    pages
        .iter()
        .enumerate()
        .map(|(at, page)| {
            desk.load(page);
            el("li").class("page").child(row(desk, at, page, at == last))
        })
        .collect()
}

fn row(desk: &Desk, at: usize, page: &Page, last: bool) -> El {
    let number = (at + 1).to_string();
    let named = |key: &str| say_with(key, &[("n", &number)]);
    let tool = |id: String, label: &str, name: &str, off: bool, pressed: Box<dyn Fn()>| {
        button("plain", say(label), move |_| pressed()).id(id).attr("aria-label", named(name)).attr("disabled", off)
    };
    let photo = page.source == Source::Photo;
    let mut tools = el("div").class("tools");
    if photo {
        let shift = |forward: bool| {
            let desk = desk.clone();
            let to = if forward { at + 1 } else { at.wrapping_sub(1) };
            let then = format!("{}-{to}", if forward { "down" } else { "up" });
            Box::new(move || desk.change(move |paper| paper.shift(at, forward), "pages.moved", then.clone()))
        };
        let turn = {
            let desk = desk.clone();
            let turned = move |paper: &mut Paper| paper.pages[at].turn = (paper.pages[at].turn + 1) % 4;
            Box::new(move || desk.change(turned, "pages.turned", format!("turn-{at}")))
        };
        let (adjusting, mine) = (desk.adjusting, page.id.clone());
        let adjust = Box::new(move || adjusting.set(Some(mine.clone())));
        tools = tools
            .child(tool(format!("adjust-{at}"), "pages.adjust", "pages.adjust-page", false, adjust))
            .child(tool(format!("turn-{at}"), "pages.turn", "pages.turn-page", false, turn))
            .child(tool(format!("up-{at}"), "pages.up", "pages.up-page", at == 0, shift(false)))
            .child(tool(format!("down-{at}"), "pages.down", "pages.down-page", last, shift(true)));
    }
    let (again, deleting, id) = (desk.clone(), desk.clone(), page.id.clone());
    let (replaced, gone) = (id.clone(), id);
    let take = move |event: Event| again.take(&event, Some(replaced.clone()));
    group()
        .child(el("p").class("number").child(format!("{} · {}", named("pages.page"), size(page.bytes))))
        .child(picture(desk, page, named("pages.alt")))
        .child(
            (photo && page.made == Made::Ready && !page.cut_out)
                .then(|| el("p").class("hint").child(say("pages.no-sheet"))),
        )
        .child(page.doubt.map(|doubt| doubtful(desk, at, doubt)))
        .child({
            let (desk, page) = (desk.clone(), page.clone());
            move || (desk.adjusting.get().as_ref() == Some(&page.id)).then(|| adjust::panel(&desk, &page))
        })
        .child(tools.child(picker(&format!("again-{at}"), "pages.again", false, photo, false, take)).child(ask_first(
            format!("delete/{at}"),
            named("pages.delete"),
            say("pages.delete-ask"),
            move || deleting.delete(gone.clone()),
        )))
}

/// What makes the page hard to read, said while the paper still lies on the table; the citizen decides.
fn doubtful(desk: &Desk, at: usize, doubt: Doubt) -> El {
    let (keeping, turning) = (desk.clone(), desk.clone());
    let all_the_same =
        move |_| keeping.change(move |paper| paper.pages[at].doubt = None, "pages.used", format!("turn-{at}"));
    let turned = doubt.mended_by_turning().map(|quarters| {
        let turn = move |paper: &mut Paper| {
            paper.pages[at].turn = (paper.pages[at].turn + quarters) % 4;
            paper.pages[at].doubt = None;
        };
        button("plain", say("pages.turn-right"), move |_| turning.change(turn, "pages.turned", format!("turn-{at}")))
    });
    let buttons = el("div").class("actions").child(turned).child(button("plain", say("pages.use"), all_the_same));
    notice(Kind::Late, group().child(el("p").child(say(doubt.key()))).child(buttons))
}

/// The page as it will be sent; a press shows it large.
fn picture(desk: &Desk, page: &Page, alt: String) -> El {
    let (desk, page) = (desk.clone(), page.clone());
    let address = {
        let (pictures, id) = (desk.pictures, page.id.clone());
        Memo::new_with_compare(
            move |_| pictures.with(|pictures| pictures.get(&id).map(|address| address.as_str().to_owned())),
            |old, new| old != new,
        )
    };
    group().child(move || {
        Some(match (&page.made, &page.source, address.get()) {
            (Made::Unreadable(flaw), ..) => notice(Kind::Wrong, say_with(flaw.key(), &[("file", "")])),
            (Made::Waiting, ..) => notice(Kind::Info, say("pages.waiting")),
            (_, _, None) => return None,
            (_, Source::Pdf, Some(address)) => el("a")
                .class("pdf")
                .attr("href", address)
                .attr("target", "_blank")
                .attr("rel", "noopener")
                .child(say("pages.open-pdf")),
            (_, _, Some(address)) => {
                let (large, id) = (desk.large, page.id.clone());
                let is_large = Memo::new(move |_| large.with(|large| large.as_ref() == Some(&id)));
                let id = page.id.clone();
                let image = el("img").attr("src", address).attr("alt", alt.as_str());
                button("view", image.class(format!("turn-{}", page.turn)), move |_| {
                    large.set(if is_large.get_untracked() { None } else { Some(id.clone()) });
                })
                .toggle("large", move || is_large.get())
                .attr("aria-expanded", move || is_large.get().to_string())
            }
        })
    })
}

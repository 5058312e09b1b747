//! The pages of one paper: photographed or picked, looked at, turned, ordered, taken anew, deleted.

use std::collections::HashMap;
use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};
use web_sys::Event;

use crate::{
    device::{
        files::{self, Address},
        identity,
    },
    dossier::paper::{Doubt, Made, Page, Paper, Source},
    journey::{drafts::Open, pages},
    messages::{say, say_with, size},
    shell::{announce, focus, shell},
    widgets::{
        dialogue::ask_first,
        element::{El, button, el, group},
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
}

impl Desk {
    fn pages(&self) -> Vec<Page> {
        self.open
            .with(|draft| draft.papers.get(&*self.part).map(|paper| paper.pages.clone()))
            .flatten()
            .unwrap_or_default()
    }

    /// Takes in the files of a file input.
    fn take(&self, event: &Event, instead_of: Option<String>) {
        let (desk, picked) = (self.clone(), files::picked(event));
        desk.refused.set(Vec::new());
        desk.busy.update(|busy| *busy += picked.len());
        spawn_local(async move {
            for file in picked {
                let said = pages::take(desk.open, &desk.part, &file, instead_of.as_deref()).await;
                announce(said.clone().unwrap_or_else(|| say("pages.added")));
                desk.refused.try_update(|refused| refused.extend(said));
                desk.busy.try_update(|busy| *busy -= 1);
            }
        });
    }

    /// Changes the paper, says so, and puts the focus on the control with this id again: the list is drawn anew.
    fn change(&self, change: impl FnOnce(&mut Paper) + 'static, said: &str, then: String) {
        let part = self.part.clone();
        self.open.change_soon(move |draft| {
            if let Some(paper) = draft.change_pages(&part, identity::new_id()) {
                change(paper);
            }
        });
        announce(say(said));
        focus(&then);
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
    let desk = Desk {
        open,
        draft: draft.id.as_str().into(),
        part: part.as_str().into(),
        busy: RwSignal::new(0),
        refused: RwSignal::new(Vec::new()),
        pictures: RwSignal::new_local(HashMap::new()),
        large: RwSignal::new(None),
    };
    spawn_local(async move { pages::look_again(open, &part).await });

    let (taking, picking, listed, counted) = (desk.clone(), desk.clone(), desk.clone(), desk.clone());
    let (busy, refused) = (desk.busy, desk.refused);
    let limit = say_with(
        "pages.limit",
        &[("limit", &size(paper.limit.max_bytes)), ("kinds", &paper.limit.extensions.join(", ").to_uppercase())],
    );
    let count = move || say_with("pages.count", &[("n", &counted.pages().len().to_string())]);
    group()
        .child(stepper(3))
        .child(heading(draft.paper_name(&paper).to_owned()))
        .child(paper_hint::more(&paper, draft.hints.get(&paper.part)))
        .child(paper_hint::need(&paper.need))
        .child(paper_hint::count(&paper).map(|count| el("p").class("hint").child(count)))
        .child(
            el("div")
                .class("take")
                .child(picker("camera", "pages.camera", true, false, move |event| taking.take(&event, None)))
                .child(picker("files", "pages.files", false, true, move |event| picking.take(&event, None))),
        )
        .child(el("p").class("hint").child(limit))
        .child(
            el("div")
                .attr("aria-live", "polite")
                .child(move || (busy.get() > 0).then(|| el("p").class("waiting").child(say("pages.working")))),
        )
        .child(move || refused.get().into_iter().map(|text| notice(Kind::Wrong, text)).collect::<Vec<_>>())
        .child(el("ol").class("pages").id("pages").attr("tabindex", "-1").child(move || list(&listed)))
        .child(
            el("div")
                .class("foot")
                .child(el("p").attr("role", "status").child(count))
                .child(el("a").class("button").attr("href", back).child(say("pages.done"))),
        )
}

fn list(desk: &Desk) -> Vec<El> {
    let pages = desk.pages();
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

/// A file input that looks like a button.
fn picker(id: &str, label: &str, camera: bool, several: bool, picked: impl Fn(Event) + 'static) -> El {
    el("label")
        .class(if camera { "picker main" } else { "picker" })
        .attr("for", id)
        .child(
            el("input")
                .id(id)
                .attr("type", "file")
                .attr("multiple", several)
                .attr("accept", if camera { "image/*" } else { "image/*,application/pdf,.heic" })
                .attr("capture", camera.then_some("environment"))
                .on("change", picked),
        )
        .child(el("span").child(say(label)))
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
        tools = tools
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
        .child(page.doubt.map(|doubt| doubtful(desk, at, doubt)))
        .child(
            tools
                .child(picker(&format!("again-{at}"), "pages.again", photo, false, take).toggle("main", || false))
                .child(ask_first(named("pages.delete"), say("pages.delete-ask"), move || {
                    deleting.delete(gone.clone())
                })),
        )
}

/// What makes the page hard to read, said while the paper still lies on the table; the citizen decides.
fn doubtful(desk: &Desk, at: usize, doubt: Doubt) -> El {
    let desk = desk.clone();
    let all_the_same =
        move |_| desk.change(move |paper| paper.pages[at].doubt = None, "pages.used", format!("turn-{at}"));
    notice(
        Kind::Late,
        group().child(el("p").child(say(doubt.key()))).child(button("plain", say("pages.use"), all_the_same)),
    )
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

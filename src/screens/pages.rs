//! The pages of one paper: photographed or picked, looked at, turned, ordered, taken anew, deleted.

use leptos::{prelude::*, task::spawn_local};
use web_sys::Event;

use crate::{
    device::files::{self, Address},
    dossier::paper::{Made, Page, Source},
    journey::{drafts::Open, pages, shelf},
    messages::{say, say_with, size},
    shell::{announce, focus, shell},
    widgets::{dialogue::ask_first, heading::heading, notice::{Kind, notice}, paper_hint, stepper::stepper},
};

pub fn screen(open: Open, part: String) -> AnyView {
    let Some(draft) = open.peek() else { return ().into_any() };
    let Some(paper) = draft.requirement(&part).cloned() else {
        return view! {
            {heading(say("nowhere.title"))}
            <p><a class="button" href=format!("/ho-so/{}/giay-to", draft.id)>{say("pages.back")}</a></p>
        }
        .into_any();
    };
    let known = shelf::procedure(&draft.matter.service.code);
    let (busy, refused) = (RwSignal::new(0usize), RwSignal::new(Vec::<String>::new()));
    let part = StoredValue::new(part);

    spawn_local(async move { pages::look_again(open, &part.get_value()).await });
    let take = move |event: Event, instead_of: Option<String>| {
        let picked = files::picked(&event);
        refused.set(Vec::new());
        busy.update(|busy| *busy += picked.len());
        spawn_local(async move {
            for file in picked {
                let said = pages::take(open, &part.get_value(), &file, instead_of.as_deref()).await;
                announce(said.clone().unwrap_or_else(|| say("pages.added")));
                refused.try_update(|refused| refused.extend(said));
                busy.try_update(|busy| *busy -= 1);
            }
        });
    };
    let rows = Memo::new(move |_| {
        open.with(|draft| draft.papers.get(&part.get_value()).map(|paper| paper.pages.clone())).flatten().unwrap_or_default()
    });
    let limit = say_with(
        "pages.limit",
        &[("limit", &size(paper.limit.max_bytes)), ("kinds", &paper.limit.extensions.join(", ").to_uppercase())],
    );
    let (draft_id, back) = (draft.id.clone(), format!("/ho-so/{}/giay-to", draft.id));
    let official = paper.clone();
    view! {
        {stepper(3)}
        {heading(paper.name.clone())}
        {move || shelf::here(known).and_then(|opened| opened.guide).and_then(|guide| {
            let hint = guide.paper(&official.name).cloned()?;
            Some(view! {
                <p class="lead">{hint.everyday_name.clone()}</p>
                {paper_hint::more(&official, Some(&hint))}
            })
        })}
        {paper_hint::need(&paper.need)}
        {paper_hint::count(&paper).map(|count| view! { <p class="hint">{count}</p> })}
        <div class="take">
            {picker("camera", "pages.camera", true, false, move |event| take(event, None))}
            {picker("files", "pages.files", false, true, move |event| take(event, None))}
        </div>
        <p class="hint">{limit}</p>
        <div aria-live="polite">
            {move || (busy.get() > 0).then(|| view! { <p class="waiting">{say("pages.working")}</p> })}
        </div>
        {move || refused.get().into_iter().map(|text| notice(Kind::Wrong, text)).collect_view()}
        <ol class="pages" id="pages">
            <For
                each=move || numbered(rows)
                key=|(at, page)| (*at, page.id.clone(), page.turn, page.made == Made::Ready)
                children=move |(at, page)| {
                    let draft = draft_id.clone();
                    view! { <li class="page">{row(open, draft, part, at, page, rows, take)}</li> }
                }
            />
        </ol>
        {move || rows.with(Vec::is_empty).then(|| view! { <p class="hint">{say("pages.none")}</p> })}
        <div class="foot">
            <p role="status">{move || say_with("pages.count", &[("n", &rows.with(Vec::len).to_string())])}</p>
            <a class="button" href=back>{say("pages.done")}</a>
        </div>
    }
    .into_any()
}

fn numbered(rows: Memo<Vec<Page>>) -> Vec<(usize, Page)> {
    rows.get().into_iter().enumerate().collect()
}

/// A file input that looks like a button.
fn picker(
    id: impl Into<String>,
    label: &str,
    camera: bool,
    several: bool,
    picked: impl Fn(Event) + 'static,
) -> impl IntoView {
    let id = id.into();
    view! {
        <label class="picker" class:main=camera for=id.clone()>
            <input id=id.clone() type="file" multiple=several
                accept=if camera { "image/*" } else { "image/*,application/pdf,.heic" }
                capture=camera.then_some("environment")
                on:change=picked/>
            <span>{say(label)}</span>
        </label>
    }
}

fn row(
    open: Open,
    draft: String,
    part: StoredValue<String>,
    at: usize,
    page: Page,
    rows: Memo<Vec<Page>>,
    take: impl Fn(Event, Option<String>) + Copy + 'static,
) -> AnyView {
    let address = RwSignal::new_local(None::<Address>);
    let large = RwSignal::new(false);
    let id = page.id.clone();
    {
        let (draft, id) = (draft.clone(), id.clone());
        spawn_local(async move {
            if let Ok(store) = &shell().store
                && let Ok(Some(file)) = store.page(&draft, &id).await
            {
                address.try_set(Address::of(file.picture.as_ref().unwrap_or(&file.original)));
            }
        });
    }
    let number = (at + 1).to_string();
    let named = |key: &str| say_with(key, &[("n", &number)]);
    let change = move |change: fn(&mut crate::dossier::paper::Paper, usize), said: String| {
        open.change_soon(move |draft| {
            if let Some(paper) = draft.papers.get_mut(&part.get_value()) {
                change(paper, at);
            }
        });
        announce(said);
        focus("pages");
    };
    let delete = {
        let id = id.clone();
        move || {
            let (draft, id) = (draft.clone(), id.clone());
            spawn_local(async move {
                let gone = id.clone();
                let saved = open
                    .change(move |draft| {
                        if let Some(paper) = draft.papers.get_mut(&part.get_value()) {
                            paper.pages.retain(|page| page.id != gone);
                        }
                    })
                    .await;
                if let (true, Ok(store)) = (saved, &shell().store) {
                    let _ = store.forget_page(&draft, &id).await;
                }
                announce(say("pages.deleted"));
            });
        }
    };
    let picture = {
        let (alt, turn, made, source) = (named("pages.alt"), page.turn, page.made.clone(), page.source.clone());
        move || {
            address.with(|address| {
                let address = address.as_ref()?.as_str().to_owned();
                Some(match (&made, &source) {
                    (Made::Unreadable(flaw), _) => notice(Kind::Wrong, say_with(flaw.key(), &[("file", "")])),
                    (Made::Waiting, _) => notice(Kind::Info, say("pages.waiting")),
                    (_, Source::Pdf) => view! {
                        <a class="pdf" href=address target="_blank" rel="noopener">{say("pages.open-pdf")}</a>
                    }
                    .into_any(),
                    _ => view! {
                        <button type="button" class="view" class:large=move || large.get()
                            aria-expanded=move || large.get().to_string()
                            on:click=move |_| large.update(|large| *large = !*large)>
                            <img src=address alt=alt.clone() class=format!("turn-{turn}")/>
                        </button>
                    }
                    .into_any(),
                })
            })
        }
    };
    let last = move || rows.with(|rows| at + 1 >= rows.len());
    let photo = page.source == Source::Photo;
    let again = Some(id);
    view! {
        <p class="number">{named("pages.page")}" · "{size(page.bytes)}</p>
        {picture}
        <div class="tools">
            {photo.then(|| view! {
                <button type="button" class="plain" aria-label=named("pages.turn-page")
                    on:click=move |_| change(|paper, at| paper.pages[at].turn = (paper.pages[at].turn + 1) % 4, say("pages.turned"))>
                    {say("pages.turn")}
                </button>
                <button type="button" class="plain" aria-label=named("pages.up-page") disabled=at == 0
                    on:click=move |_| change(|paper, at| paper.shift(at, false), say("pages.moved"))>{say("pages.up")}</button>
                <button type="button" class="plain" aria-label=named("pages.down-page") disabled=last
                    on:click=move |_| change(|paper, at| paper.shift(at, true), say("pages.moved"))>{say("pages.down")}</button>
            })}
            {picker(format!("again-{at}"), "pages.again", photo, false, move |event| take(event, again.clone()))}
            {ask_first(named("pages.delete"), say("pages.delete-ask"), delete)}
        </div>
    }
    .into_any()
}

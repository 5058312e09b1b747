//! Choosing how a page is cut out of its photograph, and how it looks.

use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};

use super::Desk;
use crate::{
    device::files::Address,
    dossier::paper::{Corners, Finish, Page},
    messages::say,
    shell::{focus, shell},
    widgets::{
        corners::corners,
        element::{El, button, el},
        field::answer,
        notice::{self, Kind, notice},
    },
};

/// The photograph with its corners, and the ways the page can look.
pub fn panel(desk: &Desk, page: &Page) -> El {
    let picture = RwSignal::new_local(None::<Option<Rc<Address>>>);
    let (chosen, finish) = (RwSignal::new(page.corners), RwSignal::new(page.finish));
    fetch(desk, page, picture);
    let (desk, id) = (desk.clone(), page.id.clone());
    let (using, whole, closing) = (desk.clone(), desk.clone(), desk.adjusting);
    let (mine, all) = (id.clone(), id);
    let make = move |_| using.make_anew(mine.clone(), chosen.get_untracked(), true, finish.get_untracked());
    let keep_all = move |_| whole.make_anew(all.clone(), Corners::default(), false, finish.get_untracked());
    let busy = desk.busy;
    let crossed = move || !chosen.with(Corners::is_sheet);
    el("section")
        .class("adjust")
        .id("adjust")
        .attr("tabindex", "-1")
        .attr("aria-label", say("corners.title"))
        .then(|panel| {
            let _ = panel.focus();
        })
        .child(el("p").class("hint").id("corners-help").child(say("corners.help")))
        .child(move || match picture.get() {
            None => notice::waiting(),
            Some(None) => notice(Kind::Wrong, say("pages.no-scanner")),
            Some(Some(address)) => corners(address.as_str().to_owned(), chosen),
        })
        .child(
            el("fieldset")
                .class("group")
                .child(el("legend").child(say("finish.title")))
                .child(Finish::ALL.map(|way| finish_choice(way, finish)).into_iter().collect::<Vec<_>>()),
        )
        .child(move || crossed().then(|| notice(Kind::Wrong, say("corners.crossed"))))
        .child(
            el("div")
                .class("actions")
                .child(
                    button("button", say("corners.use"), make)
                        .id("use-corners")
                        .attr("disabled", move || crossed() || busy.get() > 0),
                )
                .child(button("plain", say("corners.whole"), keep_all).attr("disabled", move || busy.get() > 0))
                .child(button("plain", say("corners.close"), move |_| {
                    closing.set(None);
                    focus("pages");
                })),
        )
}

fn finish_choice(way: Finish, finish: RwSignal<Finish>) -> El {
    let id = format!("finish-{}", way.word());
    answer(id, "finish", way.key(), move || finish.get() == way, move || finish.set(way))
}

/// Fetches the citizen's own photograph from the device, as small as the screen needs it.
fn fetch(desk: &Desk, page: &Page, picture: RwSignal<Option<Option<Rc<Address>>>, LocalStorage>) {
    let (draft, id) = (desk.draft.clone(), page.id.clone());
    spawn_local(async move {
        let file = match &shell().store {
            Ok(store) => store.page(&draft, &id).await.ok().flatten(),
            Err(_) => None,
        };
        let shown = match file {
            Some(file) => shell().scanner.preview(&file.original).await.ok(),
            None => None,
        };
        picture.try_set(Some(shown.and_then(|shown| Address::of(&shown)).map(Rc::new)));
    });
}

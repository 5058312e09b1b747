//! The camera's film on the page: opened when it is shown, ended when it goes, with a choice where there are several cameras.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;

use super::element::{El, el};
use crate::{
    device::{
        camera::{self, Film, NoCamera},
        visit,
    },
    messages::say,
};

/// Under this name the tab remembers which camera was chosen.
const CHOSEN: &str = "camera";

/// The film that runs, as long as its picture is on the page.
#[derive(Clone, Default)]
pub struct Running {
    film: Rc<RefCell<Option<Rc<Film>>>>,
    /// Counts the cameras that were opened: who looks at an older one stops.
    turn: Rc<Cell<u32>>,
}

impl Running {
    pub fn film(&self) -> Option<Rc<Film>> {
        self.film.borrow().clone()
    }

    fn end(&self) {
        self.turn.set(self.turn.get() + 1);
        self.film.borrow_mut().take();
    }
}

/// The picture, the choice of cameras, and what runs. `look` is called with each film that was opened; it looks as long as
/// its second argument says so. `missing` hears why there is none.
pub fn film<F>(look: Rc<F>, missing: RwSignal<Option<NoCamera>>) -> (El, El, Running)
where
    F: AsyncFn(Rc<Film>, &dyn Fn() -> bool) + 'static,
{
    let running = Running::default();
    let video = el("video").attr("playsinline", true).attr("muted", true).attr("aria-label", say("camera.film"));
    let element = video.element();
    let known = RwSignal::new_local(Vec::<(String, String)>::new());
    let open = {
        let running = running.clone();
        move |device: String| {
            running.end();
            let (running, element, look) = (running.clone(), element.clone(), look.clone());
            let mine = running.turn.get();
            spawn_local(async move {
                match Film::open(element.unchecked_into(), &device).await {
                    Ok(opened) if running.turn.get() == mine => {
                        missing.try_set(None);
                        let opened = Rc::new(opened);
                        *running.film.borrow_mut() = Some(opened.clone());
                        known.try_set(camera::cameras().await);
                        look(opened, &|| running.turn.get() == mine).await;
                    }
                    Ok(_) => {}
                    Err(why) => {
                        missing.try_set(Some(why));
                    }
                }
            });
        }
    };
    open(visit::remembered(CHOSEN));
    {
        let running = StoredValue::new_local(running.clone());
        on_cleanup(move || running.with_value(Running::end));
    }
    let choice =
        el("div").class("field").attr("hidden", move || known.with(|known| known.len() < 2)).child(move || {
            let open = open.clone();
            let chosen = visit::remembered(CHOSEN);
            let option = |(at, (id, name)): (usize, (String, String))| {
                let name = if name.is_empty() { format!("{} {}", say("camera.title"), at + 1) } else { name };
                el("option").attr("value", id.clone()).attr("selected", id == chosen).child(name)
            };
            el("label").child(say("camera.which")).child(
                el("select")
                    .on_text("change", move |device| {
                        visit::remember(CHOSEN, &device);
                        open(device);
                    })
                    .child(known.get().into_iter().enumerate().map(option).collect::<Vec<_>>()),
            )
        });
    (video, choice, running)
}

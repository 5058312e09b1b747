//! The portal's picture with letters. The portal has no sound instead of it, so the hotline stands beside it.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    device::files::{self, Address},
    messages::{say, say_with},
    shell::shell,
    widgets::{
        element::{El, button, el},
        field::{Typing, typed},
    },
};

/// The picture, a button for another one, and the field for the letters. Setting `fresh` anew fetches another picture.
pub fn captcha(
    for_sign_in: bool,
    letters: RwSignal<String>,
    fresh: RwSignal<u32>,
    fault: RwSignal<Option<String>>,
) -> El {
    let picture = RwSignal::new_local(None::<Address>);
    Effect::new(move || {
        fresh.track();
        spawn_local(async move {
            let bytes = shell().portal.captcha(for_sign_in).await.unwrap_or_default();
            picture.try_set(
                files::blob(&bytes, "image/png").filter(|_| !bytes.is_empty()).and_then(|blob| Address::of(&blob)),
            );
            letters.try_set(String::new());
        });
    });
    el("div")
        .class("captcha")
        .child(move || {
            picture.with(|picture| {
                picture.as_ref().map(|address| {
                    el("img")
                        .attr("src", address.as_str().to_owned())
                        .attr("alt", say("captcha.alt"))
                        .attr("width", "160")
                        .attr("height", "60")
                })
            })
        })
        .child(button("plain", say("captcha.other"), move |_| fresh.update(|count| *count += 1)))
        .child(typed("captcha", "captcha", Typing::default(), letters, fault))
        .child(el("p").class("hint").child(say_with("captcha.help", &[("hotline", &shell().config.agency.hotline)])))
}

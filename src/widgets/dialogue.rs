//! A question that must be answered before something is lost for good.

use leptos::prelude::*;

use crate::messages::say;

/// A button that asks back before it acts: the first press shows the question with "yes" and "no" in its place.
pub fn ask_first(label: String, question: String, yes: impl Fn() + Clone + 'static) -> AnyView {
    let asking = RwSignal::new(false);
    let yes = StoredValue::new_local(yes);
    let no = NodeRef::<leptos::html::Button>::new();
    Effect::new(move || {
        if let Some(button) = no.get() {
            let _ = button.focus();
        }
    });
    (move || {
        if asking.get() {
            view! {
                <div class="ask" role="alertdialog" aria-label=question.clone()>
                    <p>{question.clone()}</p>
                    <button type="button" class="plain" node_ref=no on:click=move |_| asking.set(false)>
                        {say("ask.no")}
                    </button>
                    <button type="button" class="danger" on:click=move |_| {
                        asking.set(false);
                        yes.with_value(|yes| yes());
                    }>{say("ask.yes")}</button>
                </div>
            }
            .into_any()
        } else {
            view! { <button type="button" class="plain" on:click=move |_| asking.set(true)>{label.clone()}</button> }
                .into_any()
        }
    })
    .into_any()
}

//! Answers to a guide's questions: kept on the device, and taken over from a link.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    catalogue::questions::{Answers, from_link},
    device::{store::StoreError, visit},
    shell::shell,
};

fn name(code: &str) -> String {
    format!("answers/{code}")
}

/// What was answered for a procedure: what the link says that led here, else what the device keeps.
pub fn answers(code: &str) -> RwSignal<Answers> {
    let linked = visit::linked().map(|link| from_link(&link)).filter(|answers| !answers.is_empty());
    let answers = RwSignal::new(linked.clone().unwrap_or_default());
    let name = name(code);
    spawn_local(async move {
        let Ok(store) = &shell().store else { return };
        match linked {
            Some(linked) => {
                let _ = store.keep(&name, &linked).await;
            }
            None => {
                if let Ok(Some(kept)) = store.kept::<Answers>(&name).await {
                    answers.try_set(kept);
                }
            }
        }
    });
    answers
}

/// Keeps the answers for a procedure on the device; returns once they are there.
///
/// # Errors
/// Why the device keeps none.
pub async fn keep(code: &str, answers: &Answers) -> Result<(), StoreError> {
    shell().store.as_ref().map_err(|error| *error)?.keep(&name(code), answers).await
}

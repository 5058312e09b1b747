//! The outbox: takes a draft, packs it, sends it, and writes the receipt to the device before it says so.

use leptos::prelude::*;

use super::{drafts::Open, pages};
use crate::{
    device::clock,
    dossier::{
        receipt::Receipt,
        sending::{News, Sending, Stopped, send},
    },
    messages::{say, say_with},
    portal::Trouble,
    shell::shell,
};

/// Why nothing was sent, or not all of it.
pub enum NotSent {
    /// Sign in first, then go on.
    SignIn,
    /// The sentence for the citizen, and the part that it is about.
    Because(String, Option<String>),
}

/// Sends the open draft. Whatever happens, the draft stays as it is, and the next try goes on from what the portal
/// holds.
///
/// # Errors
/// Why it stopped.
pub async fn dispatch(open: Open, news: RwSignal<Option<News>>) -> Result<Receipt, NotSent> {
    let Some(draft) = open.peek() else {
        return Err(NotSent::Because(say("draft.gone"), None));
    };
    if let Sending::Sent(receipt) = &draft.sending {
        return Ok((**receipt).clone());
    }
    if !draft.gaps(clock::now()).is_empty() {
        return Err(NotSent::Because(say("review.gaps"), None));
    }
    let files = pages::pack(&draft).await.map_err(|not| NotSent::Because(not.sentence, Some(not.part)))?;
    if draft.sending == Sending::Draft && !open.change(|draft| draft.sending = Sending::Opening).await {
        return Err(NotSent::Because(say("store.full"), None));
    }
    let keep = async |dossier| open.change(|draft| draft.sending = Sending::Begun(dossier)).await;
    let tell = |told| {
        news.try_set(Some(told));
    };
    match send(&shell().portal, &draft, &files, keep, &tell).await {
        Ok(receipt) => {
            let sent = receipt.clone();
            if open.change(|draft| draft.sending = Sending::Sent(Box::new(sent))).await {
                Ok(receipt)
            } else {
                // Sent, but the device does not keep the receipt: the citizen has to write the number down now.
                Err(NotSent::Because(
                    say_with(
                        "review.sent-not-kept",
                        &[("dossier", &receipt.dossier.to_string()), ("secret", &receipt.secret)],
                    ),
                    None,
                ))
            }
        }
        Err(Stopped::Portal(Trouble::SignInNeeded)) => Err(NotSent::SignIn),
        Err(Stopped::Portal(trouble)) => {
            let why = match &trouble {
                Trouble::Refused(reason) if !reason.is_empty() => {
                    say_with("trouble.refused-because", &[("reason", reason)])
                }
                trouble => say(trouble.key()),
            };
            Err(NotSent::Because(why, None))
        }
        Err(Stopped::NotKept) => Err(NotSent::Because(say("store.full"), None)),
        Err(Stopped::Incomplete(parts)) => {
            let names: Vec<&str> =
                parts.iter().filter_map(|part| Some(draft.requirement(part)?.name.as_str())).collect();
            Err(NotSent::Because(
                say_with("review.incomplete", &[("papers", &names.join("; "))]),
                parts.first().cloned(),
            ))
        }
    }
}

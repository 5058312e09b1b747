//! The outbox: sends drafts until they are sent, over bad networks, reloads and days, each exactly once.
//!
//! That the citizen said "send" is written into the draft before anything leaves; so an outbox that is opened anew, after
//! a reload or a crash, knows what to go on with. What was sent and what not is never guessed: each run asks the portal
//! first (`dossier::sending`). One page at a time sends a draft, however many are open.

mod errand;

use std::{cell::RefCell, collections::BTreeMap};

use gloo::timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

pub use errand::{Errand, NotSent, Posted, Standing, Why, errand, errands};

use self::errand::Wish;
use super::{drafts::Open, pages};
use crate::{
    device::{lock, network, visit},
    dossier::{
        draft::Draft,
        paper::{Paper, PaperFile},
        patience::pause,
        receipt::Receipt,
        sending::{Care, News, Sending, Stopped, send},
    },
    messages::{say, say_with},
    portal::Trouble,
    shell::{now, shell},
};

/// Puts the draft into the outbox and starts to send it.
pub fn post(open: Open) {
    let Some(draft) = open.peek() else { return };
    let errand = errand(&draft);
    if errand
        .standing
        .with_untracked(|standing| matches!(standing, Standing::Going(_) | Standing::Waits(..) | Standing::Elsewhere))
    {
        return errand.hurry();
    }
    errand.wish.set(Wish::GoOn);
    errand.standing.set(Standing::Going(News::Opening));
    spawn_local(async move {
        let standing = if draft.queued || open.change(|draft| draft.queued = true).await {
            visit::tell_boot(visit::WAITING, true);
            run(open, errand).await
        } else {
            Standing::Stopped(NotSent::Because(say("store.full"), None))
        };
        // Who has to sign in first still wants it sent.
        if standing != Standing::Stopped(NotSent::SignIn) && open.peek().is_some_and(|draft| draft.queued) {
            open.change(|draft| draft.queued = false).await;
        }
        errand.standing.try_set(standing);
        note_waiting().await;
        shell().sent.update(|sent| *sent += 1);
    });
}

/// The citizen has signed in: what stopped for that goes on.
pub fn signed_in() {
    let waited = |posted: &&Posted| posted.errand.standing.get_untracked() == Standing::Stopped(NotSent::SignIn);
    let drafts: Vec<String> =
        errands().with_untracked(|all| all.iter().filter(waited).map(|one| one.draft.clone()).collect());
    for draft in drafts {
        post(Open::behind(&draft));
    }
}

/// Takes back from the portal what it holds of a draft that was begun and not sent. The draft stays on the device, as if it had
/// never been sent.
///
/// # Errors
/// The sentence for the citizen: what the portal said no to, or that it has taken the dossier in meanwhile. Its receipt is
/// fetched then.
pub async fn take_back(open: Open) -> Result<(), String> {
    let _turn = lock::turn("outbox").await;
    open.refresh().await;
    let Some(draft) = open.peek() else { return Ok(()) };
    match shell().portal.take_back(&draft).await {
        Ok(true) if open.change(|draft| draft.sending = Sending::Draft).await => Ok(()),
        Ok(true) => Err(say("store.full")),
        Ok(false) => {
            post(open);
            Err(say("review.sent-meanwhile"))
        }
        Err(trouble) => Err(say(trouble.key())),
    }
}

/// Goes on with what an earlier page left in the outbox.
pub fn resume() {
    spawn_local(async {
        let Ok(store) = &shell().store else { return };
        for card in store.cards().await.unwrap_or_default() {
            if card.queued && !card.is_sent {
                let open = Open::behind(&card.id);
                open.loaded().await;
                post(open);
            }
        }
    });
}

/// Leaves word for the next page whether something waits in the outbox.
async fn note_waiting() {
    let Ok(store) = &shell().store else { return };
    // What cannot be read now may wait all the same.
    let Ok(cards) = store.cards().await else { return };
    visit::tell_boot(visit::WAITING, cards.iter().any(|card| card.queued && !card.is_sent));
}

/// Tries until the draft is sent, or the portal says no, or the citizen says stop, here or in another page.
async fn run(open: Open, errand: Errand) -> Standing {
    let (same, mut packed) = (RefCell::new(Vec::new()), None);
    let (mut tries, mut furthest) = (0, 0);
    loop {
        let Some(turn) = turn(errand).await else { return Standing::Idle };
        // Another page may have sent it, or gone further, or taken it out of the outbox, since this one read it.
        open.refresh().await;
        if open.peek().is_none_or(|draft| !draft.queued || matches!(draft.sending, Sending::Sent(_))) {
            return Standing::Idle;
        }
        let mut reached = 0;
        let why = match once(open, errand, &same, &mut packed, &mut reached).await {
            Ok(_) => return Standing::Idle,
            Err(Pause::No(not_sent)) => return Standing::Stopped(not_sent),
            Err(Pause::Cancelled) => return Standing::Idle,
            Err(Pause::Changed) => continue,
            Err(Pause::For(why)) => why,
        };
        drop(turn);
        // Further than ever before is no failure.
        tries = if reached > furthest { 1 } else { tries + 1 };
        furthest = furthest.max(reached);
        let told = if let Why::Portal(Trouble::Busy(told)) = &why { *told } else { None };
        if !wait(open, errand, why, pause(tries, told, js_sys::Math::random())).await {
            return Standing::Idle;
        }
    }
}

/// One dossier at a time is sent, by one page: the portal hands out the same unsent dossier to who asks for another one of
/// the same procedure (OpenCPS API, creating a dossier). `None` if the citizen says stop meanwhile.
async fn turn(errand: Errand) -> Option<lock::Held> {
    loop {
        if let Some(held) = lock::take("outbox").await {
            return Some(held);
        }
        if errand.wish.get_untracked() == Wish::Stop {
            return None;
        }
        errand.standing.try_set(Standing::Elsewhere);
        TimeoutFuture::new(1_000).await;
    }
}

/// The draft of this device, beside this one, that the portal's unsent dossier belongs to.
async fn other_of(id: &str, dossier: i64) -> Option<Draft> {
    let store = shell().store.as_ref().ok()?;
    for card in store.cards().await.ok()?.iter().filter(|card| card.id != id && !card.is_sent) {
        if let Ok(Some(other)) = store.draft(&card.id).await
            && other.sending == Sending::Begun(dossier)
        {
            return Some(other);
        }
    }
    None
}

/// Why a run came to nothing.
enum Pause {
    For(Why),
    No(NotSent),
    Cancelled,
    /// The draft was changed meanwhile: it is packed and sent anew, as it is now.
    Changed,
}

/// Waits for its time, for a network, or for the citizen; `false` if they say stop.
async fn wait(open: Open, errand: Errand, why: Why, ms: u32) -> bool {
    const STEP: u32 = 250;
    let mut left = ms;
    loop {
        match errand.wish.get_untracked() {
            Wish::Stop => return false,
            Wish::Now => {
                errand.wish.set(Wish::GoOn);
                return true;
            }
            Wish::GoOn => {}
        }
        let sparing = || open.peek().is_some_and(|draft| draft.spare_data);
        let (offline, dear) = (!network::is_online(), why == Why::Dear && network::is_metered() && sparing());
        let shown = if offline { Why::Offline } else { why.clone() };
        // Who waited for a network need not wait for anything else.
        if !offline && !dear && (left == 0 || matches!(why, Why::Offline | Why::Dear)) {
            return true;
        }
        let standing = Standing::Waits(shown, if offline || dear { 0 } else { left.div_ceil(1_000) });
        if errand.standing.get_untracked() != standing {
            errand.standing.try_set(standing);
        }
        TimeoutFuture::new(STEP).await;
        left = left.saturating_sub(STEP);
    }
}

/// The papers of a draft, and the files that were made of them: made once, however often they are sent.
type Packed = Option<(BTreeMap<String, Paper>, Vec<PaperFile>)>;

/// One run of sending, from wherever the portal is.
async fn once(
    open: Open,
    errand: Errand,
    same: &RefCell<Vec<String>>,
    packed: &mut Packed,
    reached: &mut usize,
) -> Result<Receipt, Pause> {
    let no = |sentence: String, part| Pause::No(NotSent::Because(sentence, part));
    let Some(draft) = open.peek() else { return Err(no(say("draft.gone"), None)) };
    if errand.wish.get_untracked() == Wish::Stop {
        return Err(Pause::Cancelled);
    }
    if !network::is_online() {
        return Err(Pause::For(Why::Offline));
    }
    if draft.spare_data && network::is_metered() {
        return Err(Pause::For(Why::Dear));
    }
    if !draft.gaps(now()).is_empty() {
        return Err(no(say("review.gaps"), None));
    }
    errand.standing.try_set(Standing::Going(News::Opening));
    match shell().portal.who().await {
        Ok(Some(_)) => {}
        Ok(None) => return Err(Pause::No(NotSent::SignIn)),
        Err(trouble) => return Err(paused(trouble)),
    }
    if packed.as_ref().is_none_or(|(papers, _)| *papers != draft.papers) {
        let files = pages::pack(&draft).await.map_err(|not| no(not.sentence, Some(not.part)))?;
        *packed = Some((draft.papers.clone(), files));
    }
    let files = packed.as_ref().map_or(&[][..], |(_, files)| files);
    if draft.sending == Sending::Draft && !open.change(|draft| draft.sending = Sending::Opening).await {
        return Err(no(say("store.full"), None));
    }
    let other = RefCell::new(None);
    let keep = async |dossier| {
        *other.borrow_mut() = other_of(&draft.id, dossier).await;
        other.borrow().is_none() && open.change(|draft| draft.sending = Sending::Begun(dossier)).await
    };
    let far = std::cell::Cell::new(0);
    let tell = |told: News| {
        far.set(far.get().max(told.stage()));
        errand.standing.try_set(Standing::Going(told));
    };
    let unchanged = || {
        open.peek().is_some_and(|now| now.papers == draft.papers && now.people == draft.people)
            && errand.wish.get_untracked() != Wish::Stop
    };
    let care = Care { read_back: (!network::is_metered()).then_some(same), unchanged: &unchanged };
    let sent = {
        let sending = std::pin::pin!(send(&shell().portal, &draft, files, &care, keep, &tell));
        let stopped = std::pin::pin!(stopped(open, errand));
        match futures_util::future::select(sending, stopped).await {
            futures_util::future::Either::Left((sent, _)) => sent,
            futures_util::future::Either::Right((why, _)) => return Err(why),
        }
    };
    *reached = far.get();
    match sent {
        Ok(receipt) => {
            let sent = receipt.clone();
            let kept = open.change(|draft| {
                draft.sending = Sending::Sent(Box::new(sent));
                draft.queued = false;
            });
            if kept.await {
                visit::tell_boot(visit::FOLLOWS, true);
                Ok(receipt)
            } else {
                // Sent, but the device does not keep the receipt: the citizen has to write the number down now.
                Err(no(
                    say_with(
                        "review.sent-not-kept",
                        &[("dossier", &receipt.dossier.to_string()), ("secret", &receipt.secret)],
                    ),
                    None,
                ))
            }
        }
        Err(Stopped::Portal(trouble)) => Err(paused(trouble)),
        Err(Stopped::NotKept) => match other.into_inner() {
            Some(other) if other.queued => Err(Pause::For(Why::Other)),
            Some(other) => Err(no(say_with("review.other-first", &[("case", other.matter.title())]), None)),
            None => Err(no(say("store.full"), None)),
        },
        Err(Stopped::Changed) => Err(Pause::Changed),
        Err(Stopped::Incomplete(parts)) => {
            let names: Vec<&str> =
                parts.iter().filter_map(|part| Some(draft.requirement(part)?.name.as_str())).collect();
            Err(no(say_with("review.incomplete", &[("papers", &names.join("; "))]), parts.first().cloned()))
        }
    }
}

/// Ends when the citizen says stop, or when the network begins to cost. Not in the middle of the submission: what that did has
/// to be heard.
async fn stopped(open: Open, errand: Errand) -> Pause {
    loop {
        TimeoutFuture::new(200).await;
        if errand.standing.with_untracked(|standing| *standing == Standing::Going(News::Submitting)) {
            continue;
        }
        if errand.wish.get_untracked() == Wish::Stop {
            return Pause::Cancelled;
        }
        if network::is_metered() && open.peek().is_some_and(|draft| draft.spare_data) {
            return Pause::For(Why::Dear);
        }
    }
}

fn paused(trouble: Trouble) -> Pause {
    if trouble == Trouble::SignInNeeded {
        return Pause::No(NotSent::SignIn);
    }
    if trouble.may_pass() {
        return Pause::For(if trouble == Trouble::Offline && !network::is_online() {
            Why::Offline
        } else {
            Why::Portal(trouble)
        });
    }
    let why = match &trouble {
        Trouble::Refused(reason) if !reason.is_empty() => say_with("trouble.refused-because", &[("reason", reason)]),
        trouble => say(trouble.key()),
    };
    Pause::No(NotSent::Because(why, None))
}

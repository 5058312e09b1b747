//! The units that a dossier goes through at the office, for who wants to know: asked for when wanted, since it costs a request.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    dossier::progress::Stage,
    messages::{say, say_with},
    portal::Trouble,
    shell::shell,
    widgets::{
        element::{El, button, el, group},
        notice::{Kind, notice, waiting},
        opened::opened,
    },
};

pub fn stages(dossier: i64, secret: Option<String>) -> El {
    let answer = RwSignal::new_local(None::<Result<Vec<Stage>, Trouble>>);
    let asked = opened("followed/stages");
    let ask = move || {
        let secret = secret.clone();
        answer.set(None);
        spawn_local(async move {
            let told = shell().portal.stages(dossier, secret.as_deref()).await;
            answer.try_set(Some(told));
        });
    };
    Effect::new({
        let ask = ask.clone();
        move |_| {
            if asked.get() {
                ask();
            }
        }
    });
    group().child(move || match (asked.get(), answer.get()) {
        (false, _) => button("plain", say("follow.stages"), move |_| asked.set(true)),
        (_, None) => waiting(),
        (_, Some(Err(trouble))) => {
            let ask = ask.clone();
            group()
                .child(notice(Kind::Wrong, say(trouble.key())))
                .child(button("plain", say("app.again"), move |_| ask()))
        }
        (_, Some(Ok(stages))) if stages.is_empty() => el("p").class("hint").child(say("follow.no-stages")),
        (_, Some(Ok(stages))) => el("ol").class("rows stages").child(stages.into_iter().map(row).collect::<Vec<_>>()),
    })
}

fn row(stage: Stage) -> El {
    let unit = match stage.people.is_empty() {
        true => stage.role,
        false => format!("{}: {}", stage.role, stage.people.join(", ")),
    };
    let days = (stage.days > 0).then(|| say_with("follow.stage-days", &[("n", &stage.days.to_string())]));
    let since = stage.since.map(|since| say_with("follow.stage-since", &[("when", &since.date_time())]));
    let told = match (since, stage.is_current) {
        (Some(since), true) => format!("{} {since}", say("follow.stage-here")),
        (Some(since), false) => since,
        (None, _) => say("follow.stage-not-yet"),
    };
    el("li")
        .attr("aria-current", if stage.is_current { "step" } else { "false" })
        .child(el("p").attr("lang", "vi").child(el("strong").child(stage.name)))
        .child(el("p").attr("lang", "vi").child(unit))
        .child(el("p").class("hint").child(told).child(days.map(|days| format!(" {days}"))))
}

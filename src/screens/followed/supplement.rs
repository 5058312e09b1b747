//! What the office wants again, paper by paper, and the way to answer.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    catalogue::requirement::Requirement,
    dossier::progress::{Progress, Remark},
    journey::supplement::begin,
    messages::{say, say_with},
    route::{Route, Step},
    shell::{go, shell},
    widgets::{
        element::{El, button, el, group},
        notice::{self, Kind, notice},
    },
};

pub fn supplement(progress: &Progress, remarks: &[Remark], papers: &[Requirement], secret: Option<String>) -> El {
    let name = |part: &str| {
        papers.iter().find(|paper| paper.part == part).map_or_else(|| part.to_owned(), |paper| paper.name.clone())
    };
    let hotline = &shell().config.agency.hotline;
    let row = |remark: &Remark| {
        let why = if remark.comment.is_empty() {
            el("p").child(say_with("supplement.row-no-reason", &[("hotline", hotline)]))
        } else {
            el("p").attr("lang", "vi").child(say_with("supplement.row-reason", &[("reason", &remark.comment)]))
        };
        el("li").child(el("p").attr("lang", "vi").child(el("strong").child(name(&remark.part)))).child(why)
    };
    let (wrong, asked_at) = (RwSignal::new(None::<String>), progress.acted);
    let (progress, asked, listed) = (progress.clone(), remarks.to_vec(), papers.to_vec());
    let answer = move |_| {
        let (progress, asked, listed, secret) = (progress.clone(), asked.clone(), listed.clone(), secret.clone());
        spawn_local(async move {
            match begin(&progress, &asked, &listed, &secret.unwrap_or_default()).await {
                Ok(draft) => go(Route::Draft(draft, Step::Papers)),
                Err(error) => {
                    wrong.try_set(Some(say(error.key())));
                }
            }
        });
    };
    el("section")
        .class("card missing")
        .child(el("h2").child(say("supplement.title")))
        .child(notice(Kind::Late, say("supplement.once")))
        // While it waits for the citizen, nothing has been done since.
        .child(asked_at.map(|when| el("p").child(say_with("supplement.asked-at", &[("when", &when.date_time())]))))
        .child(match remarks {
            [] => el("p").child(say_with("supplement.row-no-reason", &[("hotline", hotline)])),
            rows => el("ul").class("rows").child(rows.iter().map(row).collect::<Vec<_>>()),
        })
        .child(el("p").class("hint").child(say("supplement.no-deadline")))
        .child(notice::wrong(wrong))
        .child(group().child((!papers.is_empty()).then(|| button("button", say("supplement.answer"), answer))))
}

//! Who files, and whose matter it is.

mod card;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    catalogue::procedure::Named,
    dossier::{
        draft::Draft,
        person::{Fault, Field, MatterOf, People, Person, Sex},
    },
    journey::{drafts::Open, shelf},
    messages::{say, say_with},
    route::{Route, Step},
    shell::{focus, go, now, shell},
    widgets::{
        element::{El, View, button, el, group},
        field::{Typing, answer, field},
        heading::heading,
        notice::{Kind, notice},
        opened::opened,
        stepper::stepper,
    },
};

/// The choice "in another province", where the portal's list of wards does not reach.
const ELSEWHERE: &str = "elsewhere";

/// Which of the two people a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Applicant,
    Owner,
}

impl Who {
    fn key(self) -> &'static str {
        match self {
            Who::Applicant => "applicant",
            Who::Owner => "owner",
        }
    }

    fn of(self, people: &mut People) -> Option<&mut Person> {
        match (self, &mut people.matter_of) {
            (Who::Applicant, _) => Some(&mut people.applicant),
            (Who::Owner, MatterOf::Other(owner)) => Some(owner),
            _ => None,
        }
    }

    fn seen(self, people: &People) -> &Person {
        match self {
            Who::Applicant => &people.applicant,
            Who::Owner => people.owner(),
        }
    }
}

pub fn screen(open: Open) -> El {
    // Faults show once the citizen wants to go on, and from then on as they type.
    let checking = opened("people/faults");
    let wards = shelf::wards();
    let people = move || open.with(|draft| draft.people.clone()).unwrap_or_default();
    let faults = Memo::new(move |_| {
        if !checking.get() {
            return Vec::new();
        }
        let people = people();
        let mut all: Vec<(String, Fault)> = Vec::new();
        if people.matter_of == MatterOf::Unsaid {
            all.push(("owner-same".to_owned(), "fault.owner-unsaid"));
        }
        let mut add = |who: Who| {
            let found = who.seen(&people).faults(now());
            all.extend(found.into_iter().map(|(field, fault)| (id(who, field), fault)));
        };
        add(Who::Applicant);
        if people.on_behalf() {
            add(Who::Owner);
        }
        all
    });
    let on_behalf = Memo::new(move |_| people().on_behalf());
    let next = move |_| {
        spawn_local(async move {
            // What was typed last is on the device, and looked at, before the screen changes.
            let saved = open.change(|_| {}).await;
            checking.set(true);
            if !faults.with(Vec::is_empty) {
                focus("faults");
            } else if let Some(draft) = open.peek().filter(|_| saved) {
                go(Route::Draft(draft.id, Step::Review));
            }
        });
    };
    group()
        .child(stepper(4))
        .child(heading(say("people.title")))
        .child(el("p").class("hint").child(say("people.intro")))
        .child(move || faults.with(|faults| (!faults.is_empty()).then(|| summary(faults))))
        .child(
            el("form")
                .attr("novalidate", true)
                .on("submit", move |event| event.prevent_default())
                .child(
                    el("fieldset")
                        .class("group")
                        .child(el("legend").child(el("h2").child(say("people.applicant"))))
                        .child(person(open, Who::Applicant, faults, wards)),
                )
                .child(whose(open))
                .child(move || {
                    on_behalf.get().then(|| {
                        el("fieldset")
                            .class("group")
                            .child(el("legend").child(el("h2").child(say("people.owner"))))
                            .child(authority(open))
                            .child(person(open, Who::Owner, faults, wards))
                    })
                })
                .child(
                    el("div")
                        .class("foot")
                        .child(
                            el("a")
                                .class("button plain")
                                .attr("href", open.peek().map(|draft| format!("/ho-so/{}/giay-to", draft.id)))
                                .child(say("app.back")),
                        )
                        .child(button("button", say("people.next"), next)),
                ),
        )
}

fn id(who: Who, field: Field) -> String {
    format!("{}-{}", who.key(), field.key())
}

/// All that is wrong, each a link to its field.
fn summary(faults: &[(String, Fault)]) -> El {
    let row = |(id, fault): &(String, Fault)| {
        let who = if id.starts_with("owner") && *fault != "fault.owner-unsaid" {
            say("people.owner") + ": "
        } else {
            String::new()
        };
        el("li").child(el("a").attr("href", format!("#{id}")).child(who).child(say(fault)))
    };
    let title = say_with("people.faults", &[("n", &faults.len().to_string())]);
    let title = el("p").child(el("strong").child(title));
    let list = el("ul").child(faults.iter().map(row).collect::<Vec<_>>());
    notice(Kind::Wrong, group().child(title).child(list)).attr("tabindex", "-1").id("faults")
}

/// Is the applicant the owner?
fn whose(open: Open) -> El {
    let choice = move |id: &'static str, key: &str, on_behalf: bool| {
        let held = move || {
            open.with(|draft| match draft.people.matter_of {
                MatterOf::Unsaid => false,
                MatterOf::Applicant => !on_behalf,
                MatterOf::Other(_) => on_behalf,
            })
            .unwrap_or_default()
        };
        answer(id.to_owned(), "whose", key, held, move || {
            open.change_soon(move |draft| {
                draft.people.matter_of = match on_behalf {
                    true => MatterOf::Other(Box::default()),
                    false => MatterOf::Applicant,
                }
            })
        })
    };
    el("fieldset")
        .class("group")
        .child(el("legend").child(el("h2").child(say("people.whose"))))
        .child(choice("owner-same", "people.mine", false))
        .child(choice("owner-other", "people.other", true))
}

/// The paper that someone who files for another has to hand in.
fn authority(open: Open) -> impl View {
    move || {
        open.with(|draft: &Draft| {
            let part = draft.authority_part()?;
            let href = format!("/ho-so/{}/giay-to/{}", draft.id, part.part);
            let text = match draft.paper_state(&part.part) {
                crate::dossier::paper::State::Ready => return None,
                _ => say("people.authority"),
            };
            Some(notice(
                Kind::Info,
                group().child(text).child(" ").child(el("a").attr("href", href).child(say("people.authority-add"))),
            ))
        })
    }
}

fn person(
    open: Open,
    who: Who,
    faults: Memo<Vec<(String, Fault)>>,
    wards: RwSignal<shelf::Known<Vec<Named>>, LocalStorage>,
) -> El {
    let line = |at: Field, typing: Typing, read: fn(&Person) -> &String, write: fn(&mut Person, String)| {
        let name = StoredValue::new(id(who, at));
        let fault = move || {
            faults
                .with(|all| name.with_value(|name| all.iter().find(|(id, _)| id == name).map(|(_, fault)| say(fault))))
        };
        let value = move || open.with(|draft| read(who.seen(&draft.people)).clone()).unwrap_or_default();
        field(name.get_value(), at.key(), typing, value, fault, move |text| {
            open.change_soon(move |draft| {
                if let Some(person) = who.of(&mut draft.people) {
                    write(person, text);
                }
            });
        })
    };
    // Autofill knows the person who holds the phone, not the one they file for.
    let fill = |name: &'static str| if who == Who::Applicant { name } else { "" };
    let typing = |kind, keyboard, autofill| Typing { kind, keyboard, autofill };
    group()
        .child(card::reader(open, who, wards))
        .child(line(Field::Name, typing("", "", fill("name")), |p| &p.name, |p, text| p.name = text))
        .child(line(Field::IdNumber, typing("", "numeric", ""), |p| &p.id_number, |p, text| p.id_number = text))
        .child(line(Field::Birth, typing("", "numeric", fill("bday")), |p| &p.birth, |p, text| p.birth = text))
        .child(sex(open, who))
        .child(line(Field::Issued, typing("", "numeric", ""), |p| &p.issued, |p, text| p.issued = text))
        .child(line(Field::Phone, typing("tel", "tel", fill("tel")), |p| &p.phone, |p, text| p.phone = text))
        .child(line(Field::Street, typing("", "", fill("address-line1")), |p| &p.street, |p, text| p.street = text))
        .child(ward(open, who, faults, wards))
}

/// The message key of a sex.
fn sex_key(sex: Sex) -> &'static str {
    match sex {
        Sex::Unsaid => "people.sex-unsaid",
        Sex::Male => "people.male",
        Sex::Female => "people.female",
    }
}

fn sex(open: Open, who: Who) -> El {
    let name = format!("{}-sex", who.key());
    let held = move || open.with(|draft| who.seen(&draft.people).sex).unwrap_or_default();
    let chosen = move |text: String| {
        let sex = match text.as_str() {
            "m" => Sex::Male,
            "f" => Sex::Female,
            _ => Sex::Unsaid,
        };
        open.change_soon(move |draft| {
            if let Some(person) = who.of(&mut draft.people) {
                person.sex = sex;
            }
        });
    };
    let option = |value: &'static str, sex: Sex| {
        el("option").attr("value", value).prop("selected", move || held() == sex).child(say(sex_key(sex)))
    };
    el("div").class("field").child(el("label").attr("for", name.clone()).child(say("field.sex"))).child(
        el("select")
            .id(name)
            .on_text("change", chosen)
            .child(option("", Sex::Unsaid))
            .child(option("m", Sex::Male))
            .child(option("f", Sex::Female)),
    )
}

/// The ward, from the portal's list; typed where the list cannot be had.
fn ward(
    open: Open,
    who: Who,
    faults: Memo<Vec<(String, Fault)>>,
    wards: RwSignal<shelf::Known<Vec<Named>>, LocalStorage>,
) -> El {
    let name = id(who, Field::Ward);
    let fault = {
        let name = StoredValue::new(name.clone());
        move || {
            faults
                .with(|all| name.with_value(|name| all.iter().find(|(id, _)| id == name).map(|(_, fault)| say(fault))))
        }
    };
    let value = move || open.with(|draft| who.seen(&draft.people).ward.clone()).unwrap_or_default();
    let set = move |ward: Named| {
        open.change_soon(move |draft| {
            if let Some(person) = who.of(&mut draft.people) {
                person.province.code = match ward.code.as_str() {
                    "" => String::new(),
                    _ => shell().config.portal.province.clone(),
                };
                person.ward = ward;
            }
        });
    };
    group().child(move || match shelf::here(wards) {
        Some(list) if !list.is_empty() => {
            let (name, error_id) = (name.clone(), format!("{name}-error"));
            let names = list.clone();
            let chosen = move |text: String| {
                let elsewhere = || Named { code: String::new(), name: say("people.elsewhere") };
                set(match text.as_str() {
                    ELSEWHERE => elsewhere(),
                    code => names.iter().find(|ward| ward.code == code).cloned().unwrap_or_default(),
                });
            };
            el("div")
                .class("field")
                .toggle("bad", move || fault().is_some())
                .child(el("label").attr("for", name.clone()).child(say("field.ward")))
                .child(
                    el("select")
                        .id(name)
                        .attr("aria-describedby", error_id.clone())
                        .attr("aria-invalid", move || fault().is_some().to_string())
                        .on_text("change", chosen)
                        .child(el("option").attr("value", "").child(say("people.choose-ward")))
                        .child(
                            list.into_iter()
                                .map(|ward| {
                                    let code = ward.code.clone();
                                    el("option")
                                        .attr("value", ward.code)
                                        .prop("selected", move || value().code == code)
                                        .child(ward.name)
                                })
                                .collect::<Vec<_>>(),
                        )
                        .child(
                            el("option")
                                .attr("value", ELSEWHERE)
                                .prop("selected", move || value().code.is_empty() && !value().name.is_empty())
                                .child(say("people.elsewhere")),
                        ),
                )
                .child(el("p").class("error").id(error_id).child(fault))
        }
        _ => field(
            name.clone(),
            "ward",
            Typing::default(),
            move || value().name,
            fault,
            move |text| {
                set(Named { code: String::new(), name: text });
            },
        ),
    })
}

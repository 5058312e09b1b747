//! The keyboard on the screen, for a device that has no other: letters with Vietnamese accents, Khmer, numbers, and what is
//! typed into the search completed by procedures. It types into the field that had the focus last; a keyboard with keys goes on
//! working beside it.

mod field;

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

use gloo::timers::callback::Interval;
use leptos::prelude::*;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use field::Field;

use super::element::{El, button, el, group, hear};
use crate::{
    catalogue::typing::{ACCENTS, Method, Word},
    device::language,
    messages::{say, say_with},
    shell::{announce, shell},
};

const LETTERS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/// Khmer: the consonants in the order of its alphabet with the sign that puts the next one below, the vowels, the other signs.
const KHMER: [&str; 5] = ["កខគឃងចឆជឈញដឋ", "ឌឍណតថទធនបផពភ", "មយរលវសហឡអ្ឥឧ", "ាិីឹឺុូួើឿៀេ", "ែៃោៅំះ៉៊់័៍។"];
const NUMBERS: [&str; 4] = ["1234567890", "/-.,:;()", "@_+=#%&*", "?!'\""];

/// How the keys stand.
#[derive(Clone, Copy)]
pub struct Keys {
    /// Whether the keyboard is shown.
    pub open: RwSignal<bool>,
    field: RwSignal<Option<Field>, LocalStorage>,
    /// What the field holds.
    typed: RwSignal<String>,
    capital: RwSignal<bool>,
    numbers: RwSignal<bool>,
    khmer: RwSignal<bool>,
    method: RwSignal<Method>,
    word: StoredValue<Rc<RefCell<Word>>, LocalStorage>,
}

impl Keys {
    fn press(self, key: char) {
        let Some(field) = self.field.get_untracked() else { return };
        let key = if self.capital.get_untracked() { key.to_uppercase().next().unwrap_or(key) } else { key };
        self.capital.set(false);
        let method = self.method.get_untracked();
        // By VNI the digits beside the letters are accents; those of the other layer are numbers.
        let accent = method == Method::Vni && key.is_ascii_digit() && !self.numbers.get_untracked();
        if !key.is_ascii() && !key.is_whitespace() {
            // A letter of Khmer stands as it is.
            return field.put(0, &key.to_string());
        }
        if !field.takes_accents() || !(key.is_alphabetic() || key.is_whitespace() || accent) {
            self.word.with_value(|word| word.borrow_mut().end());
            return field.put(0, &key.to_string());
        }
        // Letters that are tapped stand as they are; only the keys of accents change them.
        self.typed(&field, key, method);
    }

    fn accent(self, digit: char) {
        if let Some(field) = self.field.get_untracked().filter(Field::takes_accents) {
            self.typed(&field, digit, Method::Vni);
        }
    }

    fn typed(self, field: &Field, key: char, method: Method) {
        let (before, _) = field.halves();
        let (gone, text) = self.word.with_value(|word| word.borrow_mut().key(&before, key, method));
        field.put(gone, &text);
    }

    fn delete(self) {
        if let Some(field) = self.field.get_untracked() {
            self.word.with_value(|word| word.borrow_mut().end());
            let (before, _) = field.halves();
            if let Some(last) = before.chars().next_back() {
                field.replace(1, "");
                let last = if field.is_secret() { String::new() } else { last.to_string() };
                announce(say_with("kiosk.deleted", &[("letter", &last)]));
            }
        }
    }

    /// Enter: the form around the field is sent; in a text of several lines a new one begins.
    fn enter(self) {
        match self.field.get_untracked() {
            Some(Field::Line(input)) => {
                if let Some(form) = input.form() {
                    let _ = form.request_submit();
                }
            }
            Some(lines) => lines.replace(0, "\n"),
            None => {}
        }
    }
}

thread_local! {
    static KEYS: OnceCell<Keys> = const { OnceCell::new() };
}

/// The keys, which outlive their picture: that is drawn anew in another language.
pub fn keys() -> Keys {
    KEYS.with(|held| *held.get_or_init(|| shell().owner.with(new_keys)))
}

fn new_keys() -> Keys {
    let keys = Keys {
        open: RwSignal::new(false),
        field: RwSignal::new_local(None),
        typed: RwSignal::new(String::new()),
        capital: RwSignal::new(false),
        numbers: RwSignal::new(false),
        khmer: RwSignal::new(false),
        method: RwSignal::new(Method::default()),
        word: StoredValue::new_local(Rc::default()),
    };
    hear("focusin", move |event| {
        if let Some(field) = event.target().and_then(Field::of) {
            keys.numbers.set(field.takes_numbers());
            keys.word.with_value(|word| word.borrow_mut().end());
            let element = field.element().clone();
            keys.field.set(Some(field));
            keys.open.set(true);
            // What is typed into stays in sight above the keys.
            request_animation_frame(move || {
                let nearest = ScrollIntoViewOptions::new();
                nearest.set_block(ScrollLogicalPosition::Nearest);
                element.scroll_into_view_with_scroll_into_view_options(&nearest);
            });
        }
    });
    // A field that went with its form is not typed into any more.
    Interval::new(500, move || {
        if keys.field.with_untracked(|field| field.as_ref().is_some_and(|field| !field.element().is_connected())) {
            keys.field.set(None);
            keys.open.set(false);
        }
    })
    .forget();
    hear("input", move |_| {
        keys.typed.set(keys.field.with_untracked(|field| field.as_ref().map(Field::value)).unwrap_or_default());
    });
    keys
}

/// The keyboard; `suggest` gives what the search may be completed to.
pub fn keyboard(suggest: impl Fn(&str) -> Vec<String> + 'static) -> El {
    let keys = keys();
    keys.khmer.set(language::tag() == "km");
    let suggestions = move || {
        let is_search = keys.field.with(|field| field.as_ref().is_some_and(|field| field.element().id() == "query"));
        let text = keys.typed.get();
        if !is_search || text.trim().is_empty() {
            return group();
        }
        let row = |name: String| {
            let put = name.clone();
            key(name, move || {
                if let Some(field) = keys.field.get_untracked() {
                    let all = field.halves().0.chars().count();
                    field.put(all, &put);
                }
            })
        };
        el("div").class("suggestions").child(suggest(&text).into_iter().map(row).collect::<Vec<_>>())
    };
    el("section")
        .class("keyboard")
        .attr("aria-label", say("kiosk.keyboard"))
        .attr("hidden", move || !keys.open.get() || keys.field.with(Option::is_none))
        // The field keeps the focus, and with it its cursor.
        .on("pointerdown", |event| event.prevent_default())
        .child(suggestions)
        .child(move || match (keys.numbers.get(), keys.khmer.get()) {
            (true, _) => numbers(keys),
            (false, true) => khmer(keys),
            (false, false) => letters(keys),
        })
        .child(below(keys))
}

fn key(label: String, pressed: impl Fn() + 'static) -> El {
    button("key", label, move |_| pressed())
}

fn letters(keys: Keys) -> El {
    let method = keys.method.get();
    let digits = (method == Method::Vni).then(|| row("1234567890", keys));
    let accents = (method == Method::Tap).then(|| {
        el("div").class("row accents").child(
            ACCENTS
                .map(|(mark, digit)| {
                    let name = say(&format!("kiosk.accent-{digit}"));
                    let sign = shown(mark);
                    key(sign.clone(), move || keys.accent(digit)).attr("aria-label", format!("{sign}: {name}"))
                })
                .into_iter()
                .collect::<Vec<_>>(),
        )
    });
    group()
        .child(digits)
        .child(accents)
        .child(LETTERS.map(|letters| row(letters, keys)).into_iter().collect::<Vec<_>>())
}

/// A mark as it is shown on its key: on a letter, or the letter itself.
fn shown(mark: char) -> String {
    match mark {
        '´' => "á",
        '`' => "à",
        '̉' => "ả",
        '˜' => "ã",
        '.' => "ạ",
        '^' => "â",
        'ʼ' => "ơ",
        '˘' => "ă",
        _ => "đ",
    }
    .to_owned()
}

fn khmer(keys: Keys) -> El {
    // Signs that stand on a letter are shown on a dotted circle.
    let one = |sign: char| {
        let label = if ('\u{17b6}'..='\u{17d3}').contains(&sign) { format!("◌{sign}") } else { sign.to_string() };
        button("key", label, move |_| keys.press(sign))
    };
    let row = |signs: &str| el("div").class("row").child(signs.chars().map(one).collect::<Vec<_>>());
    group().child(el("div").attr("lang", "km").child(KHMER.map(row).into_iter().collect::<Vec<_>>()))
}

fn numbers(keys: Keys) -> El {
    group().child(NUMBERS.map(|signs| row(signs, keys)).into_iter().collect::<Vec<_>>())
}

fn row(signs: &str, keys: Keys) -> El {
    let one = |sign: char| {
        let label = move || {
            let capital = keys.capital.get();
            if capital { sign.to_uppercase().to_string() } else { sign.to_string() }
        };
        button("key", label, move |_| keys.press(sign))
    };
    el("div").class("row").child(signs.chars().map(one).collect::<Vec<_>>())
}

/// The last row: capitals, numbers, the blank, deleting, the next field, and how accents are typed.
fn below(keys: Keys) -> El {
    let named = |name: &str, sign: &str, pressed: Box<dyn Fn()>| {
        button("key wide", el("span").attr("aria-hidden", "true").child(sign), move |_| pressed())
            .attr("aria-label", say(name))
    };
    let sign = move || if keys.numbers.get() { "abc" } else { "123" }.to_owned();
    let other = move || {
        let name = say(if keys.numbers.get() { "kiosk.key-letters" } else { "kiosk.key-numbers" });
        format!("{}: {name}", sign())
    };
    let method = move || {
        say(match keys.method.get() {
            Method::Tap => "kiosk.key-tap",
            Method::Telex => "kiosk.key-telex",
            Method::Vni => "kiosk.key-vni",
        })
    };
    el("div")
        .class("row")
        .child(
            named("kiosk.key-shift", "⇧", Box::new(move || keys.capital.update(|capital| *capital = !*capital)))
                .attr("aria-pressed", move || keys.capital.get().to_string()),
        )
        .child(
            button("key wide", sign, move |_| keys.numbers.update(|numbers| *numbers = !*numbers))
                .attr("aria-label", other),
        )
        .child((language::tag() == "km").then(|| {
            button(
                "key wide",
                move || if keys.khmer.get() { "abc" } else { "កខគ" }.to_owned(),
                move |_| {
                    keys.khmer.update(|khmer| *khmer = !*khmer);
                    keys.numbers.set(false);
                },
            )
            .attr("aria-label", move || {
                if keys.khmer.get() { "abc: Tiếng Việt" } else { "កខគ: ខ្មែរ" }.to_owned()
            })
        }))
        .child(
            button("key wide", method, move |_| {
                keys.method.update(|method| {
                    *method = match method {
                        Method::Tap => Method::Telex,
                        Method::Telex => Method::Vni,
                        Method::Vni => Method::Tap,
                    };
                });
                announce(method());
            })
            .attr("aria-label", move || format!("{}: {}", say("kiosk.key-accents"), method())),
        )
        .child(named("kiosk.key-space", "␣", Box::new(move || keys.press(' '))).class("key space"))
        .child(named("kiosk.key-delete", "⌫", Box::new(move || keys.delete())))
        .child(named("kiosk.key-enter", "↵", Box::new(move || keys.enter())))
        .child(named("kiosk.keyboard", "⌄", Box::new(move || keys.open.set(false))))
}

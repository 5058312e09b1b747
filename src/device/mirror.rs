//! A second window of ours that shows what the first one shows.

use js_sys::{Array, Object, Reflect};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{BroadcastChannel, Element, MessageEvent};

use super::{language, visit};

/// A helper's tab and the window that it opened hear each other under this name and the tab's.
const CHANNEL: &str = "mot-cua-guong";

fn channel() -> String {
    format!("{CHANNEL}/{}", visit::tab())
}

/// What a screen shows of what is being filled in: its heading, and each field with what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The language that the screen speaks.
    pub language: String,
    pub title: String,
    pub rows: Vec<(String, String)>,
}

/// Looks at the screen. Passwords are never among it.
pub fn look() -> Seen {
    let text = |element: &Element, css: &str| {
        let part = element.query_selector(css).ok().flatten();
        part.and_then(|part| part.text_content()).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let Ok(Some(main)) = document().query_selector("main") else { return Seen::default() };
    let mut seen = Seen { language: language::tag(), title: text(&main, "h1").unwrap_or_default(), rows: Vec::new() };
    let Ok(found) = main.query_selector_all(".field, fieldset, dl > dt, .page .number") else {
        return seen;
    };
    for at in 0..found.length() {
        let Some(part) = found.item(at).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
        let row = match part.tag_name().as_str() {
            "DT" => part
                .next_element_sibling()
                .map(|value| (part.text_content().unwrap_or_default(), value.text_content().unwrap_or_default())),
            "FIELDSET" => text(&part, "legend").zip(checked(&part)),
            _ if part.class_list().contains("number") => part.text_content().map(|text| (text, "✓".to_owned())),
            _ => text(&part, "label").zip(value_of(&part)),
        };
        seen.rows.extend(row.filter(|(_, value)| !value.trim().is_empty()));
    }
    seen
}

/// The label of the answer that holds.
fn checked(part: &Element) -> Option<String> {
    let label = part.query_selector("input:checked").ok()??.closest("label").ok()??;
    label.text_content().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn value_of(field: &Element) -> Option<String> {
    let input = field.query_selector("input:not([type=password]), textarea, select").ok()??;
    if input.tag_name() == "SELECT" {
        let chosen = input.query_selector("option:checked").ok()??;
        let value = chosen.get_attribute("value").unwrap_or_default();
        return chosen.text_content().filter(|_| !value.is_empty());
    }
    Reflect::get(&input, &"value".into()).ok()?.as_string()
}

/// A word from one window to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    Seen(Seen),
    /// The citizen pressed "right" or "wrong".
    Said(bool),
    /// The second window was opened, and knows nothing yet.
    Opened,
}

/// The line between the windows.
#[derive(Clone)]
pub struct Line(BroadcastChannel);

impl Line {
    /// Opens the line; `heard` hears what the other window says, as long as this one lives.
    pub fn open(heard: impl Fn(Word) + 'static) -> Option<Line> {
        let channel = BroadcastChannel::new(&channel()).ok()?;
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(word) = read(&event.data()) {
                heard(word);
            }
        });
        channel.set_onmessage(Some(hear.into_js_value().unchecked_ref()));
        Some(Line(channel))
    }

    pub fn say(&self, word: &Word) {
        let message = Object::new();
        let set = |name: &str, value: JsValue| drop(Reflect::set(&message, &name.into(), &value));
        match word {
            Word::Seen(seen) => {
                set("language", seen.language.as_str().into());
                set("title", seen.title.as_str().into());
                let rows: Array =
                    seen.rows.iter().map(|(name, value)| Array::of2(&name.into(), &value.into())).collect();
                set("rows", rows.into());
            }
            Word::Said(right) => set("right", (*right).into()),
            Word::Opened => set("opened", JsValue::TRUE),
        }
        let _ = self.0.post_message(&message);
    }
}

fn read(message: &JsValue) -> Option<Word> {
    let get = |name: &str| Reflect::get(message, &name.into()).unwrap_or(JsValue::UNDEFINED);
    if let Some(title) = get("title").as_string() {
        let rows: Array = get("rows").dyn_into().ok()?;
        let row = |row: JsValue| {
            let row: Array = row.dyn_into().ok()?;
            Some((row.get(0).as_string()?, row.get(1).as_string()?))
        };
        let language = get("language").as_string().unwrap_or_default();
        return Some(Word::Seen(Seen { language, title, rows: rows.iter().filter_map(row).collect() }));
    }
    match (get("right").as_bool(), get("opened").is_truthy()) {
        (Some(right), _) => Some(Word::Said(right)),
        (_, true) => Some(Word::Opened),
        _ => None,
    }
}

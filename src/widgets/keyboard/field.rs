//! The field that the keys type into.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement, InputEvent, InputEventInit};

use crate::{messages::say, shell::announce};

/// A field that text is typed into.
#[derive(Clone)]
pub enum Field {
    Line(HtmlInputElement),
    Lines(HtmlTextAreaElement),
}

impl Field {
    /// The field that an event happened in, if text is typed into it.
    pub fn of(element: web_sys::EventTarget) -> Option<Field> {
        match element.dyn_into::<HtmlInputElement>() {
            Ok(input) => matches!(&*input.type_(), "text" | "search" | "tel" | "email" | "password")
                .then_some(Field::Line(input)),
            Err(other) => other.dyn_into().ok().map(Field::Lines),
        }
    }

    /// The element of the page.
    pub fn element(&self) -> &HtmlElement {
        match self {
            Field::Line(input) => input,
            Field::Lines(area) => area,
        }
    }

    /// What it holds.
    pub fn value(&self) -> String {
        match self {
            Field::Line(input) => input.value(),
            Field::Lines(area) => area.value(),
        }
    }

    fn set_value(&self, value: &str) {
        match self {
            Field::Line(input) => input.set_value(value),
            Field::Lines(area) => area.set_value(value),
        }
    }

    /// Where the cursor is, in UTF-16 units; the end where the field does not tell.
    fn cursor(&self) -> usize {
        let told = match self {
            Field::Line(input) => input.selection_end().ok().flatten(),
            Field::Lines(area) => area.selection_end().ok().flatten(),
        };
        told.map_or_else(|| self.value().encode_utf16().count(), |at| at as usize)
    }

    fn set_cursor(&self, at: usize) {
        let at = at as u32;
        // Fields for addresses of electronic mail have no cursor to set.
        let _ = match self {
            Field::Line(input) => input.set_selection_range(at, at),
            Field::Lines(area) => area.set_selection_range(at, at),
        };
    }

    /// Whether what is typed here is Vietnamese, and not a number, an address or a password.
    pub fn takes_accents(&self) -> bool {
        match self {
            Field::Line(input) => matches!(&*input.type_(), "text" | "search") && !self.takes_numbers(),
            Field::Lines(_) => true,
        }
    }

    /// Whether it is for digits alone, as a telephone number's.
    pub fn takes_numbers(&self) -> bool {
        match self {
            Field::Line(input) => {
                input.type_() == "tel" || input.get_attribute("inputmode").as_deref() == Some("numeric")
            }
            Field::Lines(_) => false,
        }
    }

    /// The text before the cursor, and after it.
    pub fn halves(&self) -> (String, String) {
        let units: Vec<u16> = self.value().encode_utf16().collect();
        let at = self.cursor().min(units.len());
        (String::from_utf16_lossy(&units[..at]), String::from_utf16_lossy(&units[at..]))
    }

    /// Whether what is typed is not shown.
    pub fn is_secret(&self) -> bool {
        matches!(self, Field::Line(input) if input.type_() == "password")
    }

    /// Puts text in place of the last characters before the cursor, as typing does.
    pub fn replace(&self, gone: usize, text: &str) {
        let (before, after) = self.halves();
        let kept = before.chars().count().saturating_sub(gone);
        let before: String = before.chars().take(kept).chain(text.chars()).collect();
        self.set_value(&format!("{before}{after}"));
        self.set_cursor(before.encode_utf16().count());
        let options = InputEventInit::new();
        options.set_bubbles(true);
        if let Ok(event) = InputEvent::new_with_event_init_dict("input", &options) {
            let _ = self.element().dispatch_event(&event);
        }
    }

    /// The same, and says the letters that are new, as a screen reader does by itself for a keyboard with keys.
    pub fn put(&self, gone: usize, text: &str) {
        let (before, _) = self.halves();
        let old: Vec<char> = before.chars().skip(before.chars().count().saturating_sub(gone)).collect();
        let same = old.iter().zip(text.chars()).take_while(|(old, new)| **old == *new).count();
        let new: String = text.chars().skip(same).collect();
        self.replace(gone, text);
        announce(match &*new {
            _ if self.is_secret() => say("kiosk.typed-secret"),
            " " => say("kiosk.key-space"),
            _ => new,
        });
    }
}

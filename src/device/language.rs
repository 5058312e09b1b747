//! The language of the page, and how it writes numbers: the browser knows the forms of each (Intl).
//!
//! The page's boot file chooses the language at the start, `language.js` when a button is pressed; both write it into
//! `<html lang>`, and beside it whether Khmer digits are wished.

pub use page::{choose, has_khmer_digits, number, plural, tag};

#[cfg(target_arch = "wasm32")]
mod page {
    use js_sys::Number;
    use leptos::prelude::document;
    use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
    use web_sys::HtmlElement;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = Intl)]
        type PluralRules;
        #[wasm_bindgen(constructor, js_namespace = Intl)]
        fn new(locale: &str) -> PluralRules;
        #[wasm_bindgen(method)]
        fn select(this: &PluralRules, count: f64) -> String;
    }

    fn attribute(name: &str) -> String {
        document().document_element().and_then(|root| root.get_attribute(name)).unwrap_or_default()
    }

    /// The language's tag: `vi`, `en` or `km`.
    pub fn tag() -> String {
        attribute("lang")
    }

    /// Has the page speak another language, as its button does; nothing where it speaks it already.
    pub fn choose(wanted: &str) {
        let button = document().query_selector(&format!("#aids [value={wanted}]")).ok().flatten();
        if let Some(button) =
            button.filter(|_| wanted != tag()).and_then(|button| button.dyn_into::<HtmlElement>().ok())
        {
            button.click();
        }
    }

    pub fn has_khmer_digits() -> bool {
        attribute("data-digits") == "1" && tag() == "km"
    }

    /// A number as the language writes it: `1.250.000` in Vietnamese.
    pub fn number(value: f64) -> String {
        let locale = if has_khmer_digits() { "km-u-nu-khmr".to_owned() } else { tag() };
        Number::from(value).to_locale_string(&locale).into()
    }

    /// Which form a count takes: `one`, `other`.
    pub fn plural(count: i64) -> String {
        PluralRules::new(&tag()).select(count as f64)
    }
}

/// Outside a browser the page speaks Vietnamese.
#[cfg(not(target_arch = "wasm32"))]
mod page {
    pub fn tag() -> String {
        "vi".to_owned()
    }

    pub fn choose(_wanted: &str) {}

    pub fn has_khmer_digits() -> bool {
        false
    }

    /// Enough for tests: whole thousands parted by dots, one digit after the comma.
    pub fn number(value: f64) -> String {
        let tenths = (value.abs() * 10.0).round() as u64;
        let digits = (tenths / 10).to_string();
        let mut text = if value < 0.0 { "-".to_owned() } else { String::new() };
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push('.');
            }
            text.push(digit);
        }
        if tenths.is_multiple_of(10) { text } else { format!("{text},{}", tenths % 10) }
    }

    pub fn plural(count: i64) -> String {
        if count == 1 { "one" } else { "other" }.to_owned()
    }
}

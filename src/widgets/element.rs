//! Elements of the page, built in plain Rust on Leptos' signals.
//!
//! Leptos' own `view!` gives every place of every screen a type of its own, and the compiler writes the code for each:
//! our screens came to 329 kB of compressed WebAssembly that way. Here all elements are one type and everything that
//! differs is a value; `docs/benchmarks.md` has the figures. What changes is a closure that reads signals, as in
//! Leptos: it runs again when they change, and what it had built before is taken away with its listeners and effects.

use leptos::prelude::{RenderEffect, StoredValue, document, request_animation_frame, window};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Element, Event, HtmlElement, Node};

/// An element, or several things side by side.
#[derive(Clone)]
pub struct El(Node);

/// A new element with this tag.
pub fn el(tag: &str) -> El {
    El(document().create_element(tag).expect("a tag of ours").into())
}

/// Hears an event of the whole page, as long as the page lives.
pub fn hear(event: &str, heard: impl FnMut(Event) + 'static) {
    let heard = Closure::<dyn FnMut(Event)>::new(heard).into_js_value();
    let _ = window().add_event_listener_with_callback(event, heard.unchecked_ref());
}

/// Several things side by side, with no element around them.
pub fn group() -> El {
    El(document().create_document_fragment().into())
}

/// A button that does something on the page.
pub fn button(class: &'static str, label: impl View, pressed: impl FnMut(Event) + 'static) -> El {
    el("button").attr("type", "button").class(class).on("click", pressed).child(label)
}

impl El {
    /// Sets an attribute. A closure sets it anew whenever the signals it reads change; `false` and `None` remove it.
    pub fn attr(self, name: &'static str, value: impl Setting) -> El {
        let element: Element = self.0.clone().unchecked_into();
        value.set(Box::new(move |value| {
            let _ = match value {
                Value::Text(text) => element.set_attribute(name, &text),
                Value::Flag(true) => element.set_attribute(name, ""),
                Value::Flag(false) | Value::Nothing => element.remove_attribute(name),
            };
        }));
        self
    }

    /// Sets a property of the element: what a field holds, as opposed to what it held at first.
    pub fn prop(self, name: &'static str, value: impl Setting) -> El {
        let element = self.0.clone();
        value.set(Box::new(move |value| {
            let value = match value {
                Value::Text(text) => JsValue::from(text),
                Value::Flag(flag) => flag.into(),
                Value::Nothing => JsValue::NULL,
            };
            // Writing the same text again would move the cursor of someone who types.
            if js_sys::Reflect::get(&element, &name.into()).is_ok_and(|held| held != value) {
                let _ = js_sys::Reflect::set(&element, &name.into(), &value);
            }
        }));
        self
    }

    pub fn class(self, value: impl Setting) -> El {
        self.attr("class", value)
    }

    pub fn id(self, value: impl Setting) -> El {
        self.attr("id", value)
    }

    /// Gives the element a class while the condition holds.
    pub fn toggle(self, class: &'static str, when: impl Fn() -> bool + 'static) -> El {
        let element: Element = self.0.clone().unchecked_into();
        react(Box::new(move || {
            let _ = element.class_list().toggle_with_force(class, when());
        }));
        self
    }

    /// Sets a property of the element's style anew whenever the signals it reads change. Not through the `style`
    /// attribute, which the page's security policy forbids.
    pub fn style(self, name: &'static str, value: impl Fn() -> String + 'static) -> El {
        let style = self.element().style();
        react(Box::new(move || {
            let _ = style.set_property(name, &value());
        }));
        self
    }

    /// The element itself, for what only the browser can tell of it.
    pub fn element(&self) -> HtmlElement {
        self.0.clone().unchecked_into()
    }

    /// Hears an event, as long as the element is on the page.
    pub fn on(self, event: &str, heard: impl FnMut(Event) + 'static) -> El {
        let heard = Closure::<dyn FnMut(Event)>::new(heard);
        let _ = self.0.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
        StoredValue::new_local(heard);
        self
    }

    /// Hears what a field holds after an event.
    pub fn on_text(self, event: &str, mut heard: impl FnMut(String) + 'static) -> El {
        let field = self.0.clone();
        self.on(event, move |_| {
            let text = js_sys::Reflect::get(&field, &"value".into()).ok().and_then(|value| value.as_string());
            heard(text.unwrap_or_default());
        })
    }

    /// Puts something in, after what is there.
    pub fn child(self, child: impl View) -> El {
        child.put(&self.0);
        self
    }

    /// Does something with the element once it stands on the page.
    pub fn then(self, act: impl FnOnce(&HtmlElement) + 'static) -> El {
        let element = self.element();
        request_animation_frame(move || act(&element));
        self
    }
}

/// Something that can stand on the page.
pub trait View {
    /// Appends it to a node.
    fn put(self, into: &Node);
}

impl View for El {
    fn put(self, into: &Node) {
        let _ = into.append_child(&self.0);
    }
}

impl View for &str {
    fn put(self, into: &Node) {
        let _ = into.append_child(&document().create_text_node(self));
    }
}

impl View for String {
    fn put(self, into: &Node) {
        self.as_str().put(into);
    }
}

impl View for () {
    fn put(self, _: &Node) {}
}

impl<V: View> View for Option<V> {
    fn put(self, into: &Node) {
        if let Some(view) = self {
            view.put(into);
        }
    }
}

impl<V: View> View for Vec<V> {
    fn put(self, into: &Node) {
        for view in self {
            view.put(into);
        }
    }
}

/// What a closure shows is shown anew whenever the signals it reads change.
impl<V: View, F: Fn() -> V + 'static> View for F {
    fn put(self, into: &Node) {
        changing(into, Box::new(move |into| self().put(into)));
    }
}

/// Keeps what `build` builds between two marks, and builds it anew when its signals change.
fn changing(into: &Node, build: Box<dyn Fn(&Node)>) {
    let (start, end) = (document().create_comment(""), document().create_comment(""));
    let _ = into.append_child(&start);
    let _ = into.append_child(&end);
    react(Box::new(move || {
        let Some(parent) = end.parent_node() else {
            return;
        };
        while let Some(old) = start.next_sibling().filter(|node| !node.is_same_node(Some(&end))) {
            let _ = parent.remove_child(&old);
        }
        let fresh = document().create_document_fragment();
        build(&fresh);
        let _ = parent.insert_before(&fresh, Some(&end));
    }));
}

/// Runs now, and again when the signals it reads change, until what surrounds it is taken away.
fn react(run: Box<dyn Fn()>) {
    StoredValue::new_local(RenderEffect::new(move |_: Option<()>| run()));
}

/// The value of an attribute or a property.
pub enum Value {
    Text(String),
    Flag(bool),
    Nothing,
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Flag(flag)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Nothing, Into::into)
    }
}

/// A value, or a closure that gives one.
pub trait Setting {
    /// Hands the value over, once or each time it changes.
    fn set(self, apply: Box<dyn Fn(Value)>);
}

macro_rules! fixed {
    ($($kind:ty),*) => {$(
        impl Setting for $kind {
            fn set(self, apply: Box<dyn Fn(Value)>) {
                apply(self.into());
            }
        }
    )*};
}

fixed!(&str, String, bool, Option<&'static str>, Option<String>);

impl<V: Into<Value>, F: Fn() -> V + 'static> Setting for F {
    fn set(self, apply: Box<dyn Fn(Value)>) {
        react(Box::new(move || apply(self().into())));
    }
}

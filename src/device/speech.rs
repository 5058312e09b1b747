//! Speaking aloud, where the browser has a Vietnamese voice, and listening, where it has an ear.

use std::{cell::Cell, rc::Rc};

use js_sys::{Array, Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{SpeechSynthesisUtterance, SpeechSynthesisVoice};

/// Says a sentence, in place of what is being said. Without a Vietnamese voice it is silent: an English voice reading
/// Vietnamese helps nobody.
pub fn speak(text: &str) {
    let Ok(speech) = window().speech_synthesis() else { return };
    let voices = speech.get_voices();
    let voice = voices
        .iter()
        .map(|voice| voice.unchecked_into::<SpeechSynthesisVoice>())
        .find(|voice| voice.lang().starts_with("vi"));
    if let (Some(voice), Ok(sentence)) = (voice, SpeechSynthesisUtterance::new_with_text(text)) {
        sentence.set_voice(Some(&voice));
        sentence.set_lang("vi-VN");
        speech.cancel();
        speech.speak(&sentence);
    }
}

/// The browser's ear, under the one name that all browsers that have it share.
fn ear() -> Option<Function> {
    Reflect::get(&window(), &"webkitSpeechRecognition".into()).ok()?.dyn_into().ok()
}

/// Whether the browser can write down what is said.
pub fn can_listen() -> bool {
    ear().is_some()
}

/// Listens to one sentence in Vietnamese, and hands it on; `None` where nothing was understood, or the microphone is not to
/// be used. Browsers that can do so without sending the voice anywhere are asked to.
pub fn listen(heard: impl FnOnce(Option<String>) + 'static) {
    let Some(ear) = ear().and_then(|ear| Reflect::construct(&ear, &Array::new()).ok()) else { return heard(None) };
    let heard = Rc::new(Cell::new(Some(heard)));
    let tell = move |text: Option<String>| {
        if let Some(heard) = heard.take() {
            heard(text);
        }
    };
    let over = tell.clone();
    let result = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        let inner = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let best = inner(&inner(&inner(&event, "results"), "0"), "0");
        tell(inner(&best, "transcript").as_string());
    });
    let end = Closure::<dyn FnMut()>::new(move || over(None));
    for (name, value) in
        [("lang", JsValue::from("vi-VN")), ("onresult", result.into_js_value()), ("onend", end.into_js_value())]
    {
        let _ = Reflect::set(&ear, &name.into(), &value);
    }
    if let Ok(start) = Reflect::get(&ear, &"start".into()).and_then(|start| start.dyn_into::<Function>()) {
        let _ = start.call0(&ear);
    }
}

//! Speaking aloud, where the browser has a voice for the page's language, and listening, where it has an ear. Whole screens
//! are read by `read-aloud.js`.

use std::{cell::Cell, rc::Rc};

use super::{language, visit};
use js_sys::{Array, Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{AudioContext, SpeechSynthesisUtterance, SpeechSynthesisVoice};

/// Has the browser look for its voices: some systems take seconds for it, and who waits for a word would hear none.
pub fn wake() {
    if let Ok(speech) = window().speech_synthesis() {
        let _ = speech.get_voices();
    }
}

/// Says a sentence, in place of what is being said. Without a voice for the page's language it is silent: an English voice
/// reading Vietnamese helps nobody.
pub fn speak(text: &str) {
    let Ok(speech) = window().speech_synthesis() else { return };
    if let (Some(voice), Ok(sentence)) = (voice(), SpeechSynthesisUtterance::new_with_text(text)) {
        sentence.set_voice(Some(&voice));
        sentence.set_volume(visit::volume() as f32 / 100.0);
        sentence.set_lang(&voice.lang());
        speech.cancel();
        speech.speak(&sentence);
    }
}

fn voice() -> Option<SpeechSynthesisVoice> {
    let (voices, own) = (window().speech_synthesis().ok()?.get_voices(), language::tag());
    voices
        .iter()
        .map(|voice| voice.unchecked_into::<SpeechSynthesisVoice>())
        .find(|voice| voice.lang().starts_with(&own))
}

/// A sound that calls: two short tones.
pub fn chime() {
    let play = || -> Result<(), JsValue> {
        let sound = AudioContext::new()?;
        for (at, pitch) in [(0.0, 660.0), (0.3, 880.0)] {
            let tone = sound.create_oscillator()?;
            tone.frequency().set_value(pitch);
            let loudness = sound.create_gain()?;
            loudness.gain().set_value(visit::volume() as f32 / 300.0);
            tone.connect_with_audio_node(&loudness)?.connect_with_audio_node(&sound.destination())?;
            tone.start_with_when(sound.current_time() + at)?;
            tone.stop_with_when(sound.current_time() + at + 0.2)?;
        }
        Ok(())
    };
    // A device without sound has the ring and the words.
    let _ = play();
}

/// Says no more.
pub fn stop() {
    if let Ok(speech) = window().speech_synthesis() {
        speech.cancel();
    }
}

/// The browser's ear, under the one name that all browsers that have it share.
fn ear() -> Option<Function> {
    Reflect::get(&window(), &"webkitSpeechRecognition".into()).ok()?.dyn_into().ok()
}

/// The page's language with the country that it is spoken in here.
fn locale() -> &'static str {
    match &*language::tag() {
        "en" => "en-GB",
        "km" => "km-KH",
        _ => "vi-VN",
    }
}

/// Whether the browser can write down what is said.
pub fn can_listen() -> bool {
    ear().is_some()
}

/// Listens to one sentence in the page's language, and hands it on; `None` where nothing was understood, or the microphone is not to
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
        [("lang", JsValue::from(locale())), ("onresult", result.into_js_value()), ("onend", end.into_js_value())]
    {
        let _ = Reflect::set(&ear, &name.into(), &value);
    }
    if let Ok(start) = Reflect::get(&ear, &"start".into()).and_then(|start| start.dyn_into::<Function>()) {
        let _ = start.call0(&ear);
    }
}

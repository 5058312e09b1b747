//! Speaking aloud, where the browser has a Vietnamese voice.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
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

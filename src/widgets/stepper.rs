//! Where the citizen is on the way from the procedure to the receipt.

use leptos::prelude::*;

use crate::messages::{say, say_with};

const STEPS: [&str; 5] = ["step.choose", "step.check", "step.papers", "step.people", "step.send"];

/// "Bước 3/5: …" with a bar. `at` counts from 1.
pub fn stepper(at: usize) -> impl IntoView {
    let name = say(STEPS[at.clamp(1, STEPS.len()) - 1]);
    let text = say_with("step.of", &[("at", &at.to_string()), ("of", &STEPS.len().to_string()), ("name", &name)]);
    view! {
        <div class="stepper">
            <p>{text}</p>
            <div class="bar" aria-hidden="true">
                {(1..=STEPS.len()).map(|step| view! { <i class:past=step <= at></i> }).collect_view()}
            </div>
        </div>
    }
}

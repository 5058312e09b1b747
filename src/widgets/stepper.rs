//! Where the citizen is on the way from the procedure to the receipt.

use super::element::{El, el};
use crate::messages::{say, say_with};

const STEPS: [&str; 5] = ["step.choose", "step.check", "step.papers", "step.people", "step.send"];

/// "Bước 3/5: …" with a bar. `at` counts from 1.
pub fn stepper(at: usize) -> El {
    let name = say(STEPS[at.clamp(1, STEPS.len()) - 1]);
    let text = say_with("step.of", &[("at", &at.to_string()), ("of", &STEPS.len().to_string()), ("name", &name)]);
    el("div").class("stepper").child(el("p").child(text)).child(
        el("div")
            .class("bar")
            .attr("aria-hidden", "true")
            .child((1..=STEPS.len()).map(|step| el("i").toggle("past", move || step <= at)).collect::<Vec<_>>()),
    )
}

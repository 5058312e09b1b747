//! Texts that are told by others than the table of messages: by the guides, in the page's language where there is a
//! translation, and by the portal, which speaks Vietnamese.

use super::element::{El, el};
use crate::{
    catalogue::terms::WORKING_DAYS,
    messages::{say, say_with},
};

/// A guide's or the portal's text, marked as Vietnamese where it stays so.
pub fn told(text: &str) -> El {
    let said = say(text);
    let stays = said == text;
    el("span").attr("lang", stays.then_some("vi")).child(said)
}

/// So many days, of work or whatever they are, as `catalogue::terms` finds them.
pub fn days(count: u32, unit: &str) -> String {
    let key = if unit == WORKING_DAYS { "time.working-days" } else { "time.days" };
    say_with(key, &[("n", &count.to_string())])
}

//! Several pages of one browser may work on the same draft, each with its own copy: what they changed is put together.

use serde_json::{Map, Value};

use super::{draft::Draft, sending::Sending};

/// The draft that holds what two pages made of `base`: `mine` is as one wants it, `theirs` as the other wrote it meanwhile.
/// Pages of a paper that either added stay, those that either took away are gone; where both changed the same answer, mine
/// holds. Of the sending, the further one holds: what the portal was told is not untold.
///
/// ```
/// # use mot_cua::dossier::{draft::Draft, merging::merged};
/// # let base: Draft = serde_json::from_value(serde_json::json!({
/// #     "id": "1", "matter": { "service": { "code": "", "name": "" }, "everyday": "", "agency": { "code": "", "name": "" },
/// #     "config": 1, "option": 1, "template": "", "case": "" }, "requirements": [], "ticks": {}, "papers": {},
/// #     "people": mot_cua::dossier::person::People::default(), "secret": "", "saved": 0, "place": "", "sending": "Draft" })).unwrap();
/// let mine = Draft { place: "/ho-so/1/gui".to_owned(), ..base.clone() };
/// let mut theirs = base.clone();
/// theirs.people.applicant.name = "Châu".to_owned();
/// let both = merged(&base, &mine, &theirs);
/// assert_eq!((both.place, both.people.applicant.name), (mine.place, "Châu".to_owned()));
/// ```
pub fn merged(base: &Draft, mine: &Draft, theirs: &Draft) -> Draft {
    let value = |draft: &Draft| serde_json::to_value(draft).unwrap_or_default();
    let together = together(&value(base), value(mine), value(theirs));
    let mut draft = serde_json::from_value(together).unwrap_or_else(|_| mine.clone());
    draft.saved = mine.saved.max(theirs.saved);
    draft.sending =
        if distance(&theirs.sending) > distance(&mine.sending) { &theirs.sending } else { &mine.sending }.clone();
    draft
}

fn distance(sending: &Sending) -> u8 {
    match sending {
        Sending::Draft => 0,
        Sending::Opening => 1,
        Sending::Begun(_) => 2,
        Sending::Sent(_) => 3,
    }
}

fn together(base: &Value, mine: Value, theirs: Value) -> Value {
    if mine == *base || mine == theirs {
        return theirs;
    }
    if theirs == *base {
        return mine;
    }
    match (base, mine, theirs) {
        (Value::Object(base), Value::Object(mine), Value::Object(theirs)) => Value::Object(fields(base, mine, theirs)),
        (Value::Array(base), Value::Array(mine), Value::Array(theirs)) => Value::Array(rows(base, mine, theirs)),
        (_, mine, _) => mine,
    }
}

fn fields(base: &Map<String, Value>, mut mine: Map<String, Value>, theirs: Map<String, Value>) -> Map<String, Value> {
    let mut all = Map::new();
    for (name, theirs) in theirs {
        match (base.get(&name), mine.remove(&name)) {
            (base, Some(mine)) => {
                all.insert(name, together(base.unwrap_or(&Value::Null), mine, theirs));
            }
            // Taken away here, and not changed there.
            (Some(base), None) if *base == theirs => {}
            (_, None) => {
                all.insert(name, theirs);
            }
        }
    }
    // What stands here alone was added here, or taken away there.
    all.extend(mine.into_iter().filter(|(name, mine)| base.get(name) != Some(mine)));
    all
}

fn rows(base: &[Value], mut mine: Vec<Value>, theirs: Vec<Value>) -> Vec<Value> {
    mine.retain(|row| theirs.contains(row) || !base.contains(row));
    let added = theirs.into_iter().filter(|row| !base.contains(row) && !mine.contains(row)).collect::<Vec<_>>();
    mine.extend(added);
    mine
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::together;

    #[test]
    fn both_pages_and_all_answers_stay() {
        let base = json!({ "pages": ["a", "b"], "name": "An", "gone": 1, "ticks": { "x": 1 }, "same": [1] });
        let mine = json!({ "pages": ["b", "c"], "name": "Ân", "gone": 1, "ticks": { "x": 1, "y": 2 }, "same": [1] });
        let theirs = json!({ "pages": ["a", "b", "d"], "name": "An", "ticks": { "x": 3 }, "same": [1], "new": true });
        let both =
            json!({ "pages": ["b", "c", "d"], "name": "Ân", "ticks": { "x": 3, "y": 2 }, "same": [1], "new": true });
        assert_eq!(together(&base, mine, theirs), both);
    }

    #[test]
    fn where_one_changed_nothing_the_other_holds() {
        let (old, new) = (json!({ "a": [1, 2], "b": null }), json!({ "a": [2], "b": "x" }));
        assert_eq!(together(&old, old.clone(), new.clone()), new);
        assert_eq!(together(&old, new.clone(), old.clone()), new);
    }
}

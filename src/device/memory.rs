//! What a device that must forget keeps: in the page's memory alone, never on the disk.

use std::cell::RefCell;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::shelves::{Change, Rows};

/// Shelf, name and row.
#[derive(Default)]
pub struct Memory(RefCell<Vec<(&'static str, String, JsValue)>>);

impl Rows for Memory {
    fn get(&self, shelf: &'static str, name: &str) -> Option<JsValue> {
        let rows = self.0.borrow();
        rows.iter().find(|(held, called, _)| *held == shelf && called == name).map(|(.., row)| copy(row))
    }

    fn all(&self, shelf: &'static str) -> Vec<JsValue> {
        self.0.borrow().iter().filter(|(held, ..)| *held == shelf).map(|(.., row)| copy(row)).collect()
    }

    fn change(&self, changes: &[Change<'_>]) {
        let mut rows = self.0.borrow_mut();
        for change in changes {
            rows.retain(|(shelf, name, _)| {
                *shelf != change.shelf()
                    || match change {
                        Change::Put(_, gone, _) | Change::Delete(_, gone) => name != gone,
                        Change::DeleteUnder(_, start) => {
                            name.strip_prefix(start).is_none_or(|rest| !rest.starts_with('/'))
                        }
                        Change::Clear(_) => false,
                    }
            });
            if let Change::Put(shelf, name, row) = change {
                rows.push((shelf, (*name).to_owned(), copy(row)));
            }
        }
    }
}

/// A copy that shares nothing, as a database gives: buffers of rows change hands.
fn copy(row: &JsValue) -> JsValue {
    let clone = Reflect::get(&js_sys::global(), &"structuredClone".into()).ok();
    let clone = clone.and_then(|clone| clone.dyn_into::<Function>().ok());
    clone.and_then(|clone| clone.call1(&JsValue::NULL, row).ok()).unwrap_or_else(|| row.clone())
}

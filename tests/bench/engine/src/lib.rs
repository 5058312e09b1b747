//! The app's search as the benchmark calls it.

use mot_cua::catalogue::{
    guide::Wording,
    procedure::{Named, Summary},
    search::Index,
};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub struct Engine(Index);

#[wasm_bindgen]
impl Engine {
    /// Takes a list (code, field and name, parted by tabs) and the office's words (`guides/index.txt`).
    #[wasm_bindgen(constructor)]
    pub fn new(list: &str, wording: &str) -> Engine {
        let wording = Wording::read(wording);
        let mut index = Index::new(&wording.sayings);
        for line in list.lines() {
            let mut cells = line.splitn(3, '\t').map(str::to_owned);
            if let (Some(code), Some(field), Some(name)) = (cells.next(), cells.next(), cells.next()) {
                let field = Named { code: String::new(), name: field };
                let procedure = Summary { code, name, field, ..Summary::default() };
                let guide = wording.guide(&procedure.code);
                index.add(&procedure, guide);
            }
        }
        Engine(index)
    }

    /// Places in the list, best first.
    pub fn find(&self, query: &str, most: usize) -> Vec<u32> {
        self.0.find(query, most).hits.into_iter().map(|at| at as u32).collect()
    }

    /// How many bytes the index takes.
    pub fn bytes(&self) -> usize {
        self.0.bytes()
    }
}

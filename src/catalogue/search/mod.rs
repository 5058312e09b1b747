//! Finding a procedure in one's own words, on the device.
//!
//! Vietnamese words are short and there are few of them: ten thousand procedures are written with two or three thousand
//! different syllables. So every doubt about what was typed (accents, slips, missing spaces, left-overs of an input method)
//! is settled among the syllables, and only then are procedures counted.

pub mod near;

use std::cell::RefCell;

use super::{
    guide::{Entry, Saying},
    procedure::Summary,
    spelling::{Accents, Word, left_over, words},
};

/// Where a phrase comes from: the guide's names for a procedure, its official name and field, and what people say for a
/// part of the official name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Everyday,
    Official,
    Said,
}

const KINDS: [Kind; 3] = [Kind::Everyday, Kind::Official, Kind::Said];

impl Kind {
    /// What a match in it counts for.
    fn factor(self) -> f32 {
        [1.0, 0.97, 1.12][self as usize]
    }
}

/// In the list of tokens, the end of a phrase: this and its kind.
const END: u16 = u16::MAX - 2;
/// The letter that stands for the first word where phrases are kept as text: it and those after it part no lines.
const FIRST_LETTER: char = ' ';
/// How many procedures an index takes: half as many again as the national catalogue has. (Their numbers and two bits more
/// fit into 16.)
pub const MOST: usize = 10_000;
/// How many are looked at closely.
const CLOSELY: usize = 96;
/// Longer words are no Vietnamese; they are kept together.
const LONGEST: usize = 20;
/// Words that say little of what is looked for.
const LITTLE: &str = "tôi em mình con cháu muốn cần xin thì là ở đâu gì nào sao thế thủ tục hồ sơ giấy tờ phải được của để với và hỏi giúp bị cho đi ra từ rồi nay làm mới hết tới giờ hồi lúc khi nên mà đã lại nhờ không chưa có tui";

// How much each thing counts, found by trying on two thirds of the citizens' queries in tests/bench/queries.json, over lists
// of 463, 6,300 and 10,000 procedures at once:
/// within a phrase, the share of the query that it has,
const SHARE: f32 = 0.03;
/// the share of neighbours in the query that are neighbours there,
const JOINED: f32 = 1.8;
/// and how much of the phrase the query covers;
const COVERED: f32 = 0.1;
/// over all phrases, the share of the query that they have together;
const WHOLE: f32 = 1.66;
/// less for what is said in the first words of the official name and was not asked for: of two that fit as well, the plain
/// case is meant.
const UNASKED: f32 = 0.0083;
const HEAD: usize = 12;

/// A word that is accented otherwise than it was typed.
const OTHER_ACCENTS: f32 = 0.175;
/// A word that says little.
const LITTLE_WORTH: f32 = 0.55;
/// A word that one slip made of another, and the rest of an unfinished word that is a word as it stands.
const SLIP: f32 = 0.42;
const UNFINISHED: f32 = 0.12;
/// What an office wrote a guide for is asked for more often.
const GUIDED: f32 = 0.045;
/// Slips are not looked for where so much of the query was found without them; and believed only if so much more is found.
const ENOUGH: f32 = 0.3;
const MORE: f32 = 0.065;

/// A list of procedures made ready to be searched.
#[derive(Default)]
pub struct Index {
    /// The vocabulary in plain letters, and its order by the alphabet.
    plains: Vec<String>,
    order: Vec<u16>,
    /// The plain words of each length: one slip changes the length by one at most.
    lengths: Vec<Vec<u16>>,
    /// The accented forms of each plain word.
    forms: Vec<Vec<u16>>,
    /// All accented words: which plain word it is, and its accents.
    terms: Vec<(u16, Accents)>,
    /// Where each plain word stands: procedures in order, each with the best kind of phrase (in the two lowest bits).
    postings: Vec<Vec<u16>>,
    /// The procedures' phrases, one after the other, and where each procedure begins.
    tokens: Vec<u16>,
    starts: Vec<u32>,
    codes: Vec<String>,
    sayings: Sayings,
    /// Plain words that say little.
    little: Vec<(u16, Accents)>,
    scratch: RefCell<Scratch>,
}

/// The words of a phrase by number.
type Phrase = Vec<u16>;

/// What people say for phrases of official names.
#[derive(Default)]
struct Sayings {
    /// Phrases that all have to occur, and the phrases that are said.
    all: Vec<(Vec<Phrase>, Vec<Phrase>)>,
    /// By the first word of their first phrase.
    by_first: Vec<(u16, u16)>,
}

/// What is kept from one search to the next; the sums are all zero in between.
#[derive(Default)]
struct Scratch {
    total: Vec<f32>,
    here: Vec<f32>,
    /// How telling each plain word is, for as many procedures as there were then.
    worths: (usize, Vec<f32>),
}

/// One word of a query: the plain words that it may be, each with how likely that is.
struct Wanted {
    /// By the number of the plain word.
    likely: Vec<(u16, f32)>,
    /// The accents as typed; 0 where there are none.
    accents: Accents,
    /// How telling the word is: rare words are.
    worth: f32,
}

impl Wanted {
    fn likelihood(&self, plain: u16) -> Option<f32> {
        self.likely.binary_search_by_key(&plain, |(plain, _)| *plain).ok().map(|at| self.likely[at].1)
    }
}

/// What a search found.
pub struct Found {
    /// Places in the list, best first.
    pub hits: Vec<usize>,
    wanted: Vec<Wanted>,
}

impl Found {
    /// These, whatever was looked for.
    pub fn all(hits: Vec<usize>) -> Found {
        Found { hits, wanted: Vec::new() }
    }
}

impl Index {
    /// An empty index that knows these sayings.
    pub fn new(sayings: &[Saying]) -> Index {
        Index::again(sayings, "")
    }

    /// An empty index that numbers words as the index did that gave this vocabulary: it takes what that one kept.
    pub fn again(sayings: &[Saying], vocabulary: &str) -> Index {
        let mut index = Index::default();
        for word in vocabulary.split(' ').filter(|word| !word.is_empty()) {
            // The accents are digits of sixteen after the letters; see `vocabulary`.
            let letters = word.trim_end_matches(|c| ('\u{e000}'..='\u{e00f}').contains(&c));
            let digits = word[letters.len()..].chars().map(|digit| u64::from(digit as u32 & 15));
            let accents = digits.fold(0, |sum: u64, digit| sum << 4 | digit);
            index.term(&Word { plain: letters.to_owned(), accents });
        }
        for saying in sayings {
            let official: Vec<Phrase> = saying.official.iter().map(|phrase| index.phrase(phrase)).collect();
            let said = saying.said.iter().map(|phrase| index.phrase(phrase)).collect();
            if let Some(first) = official.first().and_then(|phrase| phrase.first()) {
                let entry = (*first, index.sayings.all.len() as u16);
                let at = index.sayings.by_first.partition_point(|held| *held < entry);
                index.sayings.by_first.insert(at, entry);
                index.sayings.all.push((official, said));
            }
        }
        index.little = words(LITTLE).map(|(word, _)| (index.plain(&word.plain), word.accents)).collect();
        index
    }

    /// How many procedures it holds.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// How many bytes of words, numbers and codes it holds.
    pub fn bytes(&self) -> usize {
        let texts = self.plains.iter().chain(&self.codes).map(String::len).sum::<usize>();
        let numbers = self.tokens.len() + self.order.len() + self.forms.iter().map(Vec::len).sum::<usize>();
        let postings = self.postings.iter().map(Vec::len).sum::<usize>();
        let said = self.sayings.all.iter().flat_map(|(all, said)| all.iter().chain(said)).map(Vec::len).sum::<usize>();
        texts + 2 * (numbers + postings + said) + 12 * self.terms.len() + 4 * self.starts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Adds a procedure with what its guide calls it; hits give its place in the order of adding. Beyond `MOST` nothing
    /// is added.
    pub fn add(&mut self, procedure: &Summary, guide: Option<&Entry>) {
        let here = self.starts.len();
        if here >= MOST {
            return;
        }
        self.starts.push(self.tokens.len() as u32);
        self.codes.push(procedure.code.clone());
        for name in guide.into_iter().flat_map(|guide| std::iter::once(&guide.everyday_name).chain(&guide.synonyms)) {
            self.also(name);
        }
        let official = self.phrase(&procedure.name);
        self.put(&official, Kind::Official);
        let field = self.phrase(&procedure.field.name);
        self.put(&field, Kind::Official);
        for said in self.said_for(&official) {
            let phrase = std::mem::take(&mut self.sayings.all[said.0].1[said.1]);
            self.put(&phrase, Kind::Said);
            self.sayings.all[said.0].1[said.1] = phrase;
        }
    }

    /// Adds another everyday name of the procedure that was added last, such as one in another language.
    pub fn also(&mut self, name: &str) {
        let phrase = self.phrase(name);
        self.put(&phrase, Kind::Everyday);
    }

    /// All words in the order of their numbers, for the device to keep with `kept`.
    pub fn vocabulary(&self) -> String {
        let mut text = String::new();
        for (plain, accents) in &self.terms {
            text += &self.plains[usize::from(*plain)];
            // Letters of nobody's stand for digits, so that no word can be taken for one.
            let digits = (0..16).rev().map(|at| accents >> (4 * at)).filter(|above| *above > 0);
            text.extend(digits.filter_map(|above| char::from_u32(0xe000 | (above & 15) as u32)));
            text.push(' ');
        }
        text
    }

    /// The phrases of one procedure as text for the device to keep: a letter a word. Reading them back takes a fraction of
    /// the time that it took to take the names apart.
    pub fn kept(&self, at: usize) -> String {
        let end = self.starts.get(at + 1).map_or(self.tokens.len(), |end| *end as usize);
        let letter = |token: &u16| match token.checked_sub(END) {
            Some(kind) => char::from(b'\x01' + kind as u8),
            None => char::from_u32(u32::from(*token) + u32::from(FIRST_LETTER)).unwrap_or(FIRST_LETTER),
        };
        self.tokens[self.starts[at] as usize..end].iter().map(letter).collect()
    }

    /// Adds a procedure from what was kept of it. What cannot be read is passed over.
    pub fn add_kept(&mut self, code: &str, kept: &str) {
        if self.starts.len() >= MOST {
            return;
        }
        self.starts.push(self.tokens.len() as u32);
        self.codes.push(code.to_owned());
        let mut phrase = Phrase::new();
        for letter in kept.chars() {
            match u32::from(letter) {
                end @ 1..=3 => {
                    self.put(&phrase, KINDS[end as usize - 1]);
                    phrase.clear();
                }
                word => {
                    let term = word.wrapping_sub(u32::from(FIRST_LETTER));
                    phrase.extend(u16::try_from(term).ok().filter(|term| usize::from(*term) < self.terms.len()));
                }
            }
        }
    }

    fn put(&mut self, phrase: &[u16], kind: Kind) {
        let doc = (self.starts.len() as u16 - 1) << 2;
        for term in phrase {
            let posting = &mut self.postings[usize::from(self.terms[usize::from(*term)].0)];
            match posting.last_mut() {
                Some(last) if *last >= doc => *last = (*last).min(doc | kind as u16),
                _ => posting.push(doc | kind as u16),
            }
        }
        self.tokens.extend(phrase);
        self.tokens.push(END + kind as u16);
    }

    /// The sayings that fit an official name: which saying, and which of its phrases.
    fn said_for(&self, official: &[u16]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (at, first) in official.iter().enumerate() {
            let from = self.sayings.by_first.partition_point(|(held, _)| held < first);
            for (_, saying) in self.sayings.by_first[from..].iter().take_while(|(held, _)| held == first) {
                let (phrases, said) = &self.sayings.all[usize::from(*saying)];
                let others =
                    phrases[1..].iter().all(|phrase| official.windows(phrase.len().max(1)).any(|run| run == phrase));
                if official[at..].starts_with(&phrases[0]) && others {
                    found.extend((0..said.len()).map(|n| (usize::from(*saying), n)));
                }
            }
        }
        found
    }

    fn phrase(&mut self, text: &str) -> Phrase {
        words(text).map(|(word, _)| self.term(&word)).collect()
    }

    /// The number of a word, new or known.
    fn term(&mut self, word: &Word) -> u16 {
        let plain = self.plain(&word.plain);
        let forms = &mut self.forms[usize::from(plain)];
        if let Some(term) = forms.iter().find(|term| self.terms[usize::from(**term)].1 == word.accents) {
            return *term;
        }
        // A vocabulary so large holds no Vietnamese any more: what comes then is taken for the last word.
        let term = self.terms.len().min(usize::from(END) - 1) as u16;
        if usize::from(term) == self.terms.len() {
            self.terms.push((plain, word.accents));
            forms.push(term);
        }
        term
    }

    fn plain(&mut self, letters: &str) -> u16 {
        match self.place(letters) {
            Ok(at) => self.order[at],
            Err(at) => {
                let plain = self.plains.len().min(usize::from(END) - 1) as u16;
                if usize::from(plain) == self.plains.len() {
                    self.plains.push(letters.to_owned());
                    self.forms.push(Vec::new());
                    self.postings.push(Vec::new());
                    self.order.insert(at, plain);
                    let length = letters.len().min(LONGEST);
                    self.lengths.resize(self.lengths.len().max(length + 2), Vec::new());
                    self.lengths[length].push(plain);
                }
                plain
            }
        }
    }

    /// Where a plain word stands in the alphabet, or would.
    fn place(&self, letters: &str) -> Result<usize, usize> {
        self.order.binary_search_by(|plain| self.plains[usize::from(*plain)].as_str().cmp(letters))
    }

    /// The number of a plain word that some procedure has.
    fn known(&self, letters: &str) -> Option<u16> {
        self.place(letters).ok().map(|at| self.order[at]).filter(|plain| self.spread(*plain) > 0)
    }

    /// How many procedures have a plain word.
    fn spread(&self, plain: u16) -> usize {
        self.postings[usize::from(plain)].len()
    }

    /// How telling a word is that so many procedures have.
    fn worth(&self, spread: usize) -> f32 {
        (1.0 + self.len() as f32 / spread.max(1) as f32).ln()
    }

    /// Finds the procedures that fit the query, best first, `most` at most. An empty query fits nothing.
    pub fn find(&self, query: &str, most: usize) -> Found {
        let coded = self.coded(query);
        if !coded.is_empty() {
            return Found::all(coded.into_iter().take(most).collect());
        }
        let wanted = self.wanted(query, false);
        let (hits, best) = self.search(&wanted, most);
        if best > ENOUGH {
            return Found { hits, wanted };
        }
        // Perhaps a slip made another word of one.
        let loose = self.wanted(query, true);
        match self.search(&loose, most) {
            (hits, better) if better > best + MORE => Found { hits, wanted: loose },
            _ => Found { hits, wanted },
        }
    }

    /// The procedures whose code begins as a code in the query, or the other way round ("1.116501.000.00.00.H92").
    fn coded(&self, query: &str) -> Vec<usize> {
        let is_code = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.');
        let Some(typed) = query
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
            .find(|word| is_code(word))
        else {
            return Vec::new();
        };
        let fits = |code: &String| {
            code.starts_with(typed) || typed.strip_prefix(code.as_str()).is_some_and(|rest| rest.starts_with('.'))
        };
        (0..self.len()).filter(|at| fits(&self.codes[*at])).collect()
    }

    fn wanted(&self, query: &str, loose: bool) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        let typed: Vec<(Word, _)> = words(query).collect();
        for (word, place) in &typed {
            self.want(word, place.end == query.len(), loose, &mut wanted);
            if wanted.len() >= 24 {
                break;
            }
        }
        wanted
    }

    /// What a typed word may mean. The last one may be unfinished.
    fn want(&self, word: &Word, unfinished: bool, loose: bool, wanted: &mut Vec<Wanted>) {
        let exact = self.known(&word.plain);
        let mut likely: Vec<(u16, f32)> = exact.map(|plain| (plain, 1.0)).into_iter().collect();
        let add = |likely: &mut Vec<(u16, f32)>, plain: u16, likelihood: f32| {
            if let Err(at) = likely.binary_search_by_key(&plain, |held| held.0) {
                likely.insert(at, (plain, likelihood));
            }
        };
        let mut spread = exact.map_or(0, |plain| self.spread(plain));
        if unfinished {
            let from = self.place(&word.plain).unwrap_or_else(|at| at);
            let longer = self.order[from..]
                .iter()
                .take_while(|plain| self.plains[usize::from(**plain)].starts_with(&word.plain));
            for plain in longer.filter(|plain| Some(**plain) != exact) {
                add(&mut likely, *plain, if exact.is_some() { UNFINISHED } else { 0.9 });
                if exact.is_none() {
                    spread += self.spread(*plain);
                }
            }
        }
        if likely.is_empty() {
            if let Some(meant) = left_over(word).filter(|meant| self.known(&meant.plain).is_some()) {
                return self.want(&meant, unfinished, false, wanted);
            }
            if let Some(pieces) = self.split(&word.plain) {
                for piece in pieces {
                    self.want(&Word { plain: piece.to_owned(), accents: 0 }, false, false, wanted);
                }
                return;
            }
        }
        if (likely.is_empty() || loose) && word.plain.len() > 2 {
            let length = word.plain.len().min(LONGEST);
            for plain in self.lengths.iter().take(length + 2).skip(length - 1).flatten() {
                if near::is_one_slip(word.plain.as_bytes(), self.plains[usize::from(*plain)].as_bytes()) {
                    add(&mut likely, *plain, SLIP);
                    spread += if exact.is_none() { self.spread(*plain) } else { 0 };
                }
            }
        }
        let worth = self.worth(spread);
        let little = self
            .little
            .iter()
            .any(|(plain, accents)| Some(*plain) == exact && (word.accents == 0 || word.accents == *accents));
        wanted.push(Wanted { likely, accents: word.accents, worth: if little { LITTLE_WORTH * worth } else { worth } });
    }

    /// Words that were typed without spaces, in as few pieces as can be.
    fn split<'a>(&self, letters: &'a str) -> Option<Vec<&'a str>> {
        if !letters.is_ascii() || !(4..=40).contains(&letters.len()) {
            return None;
        }
        // From the end on: the least cost of the rest, and the length of its first piece.
        let mut best: Vec<Option<(f32, usize)>> = vec![None; letters.len() + 1];
        best[letters.len()] = Some((0.0, 0));
        for from in (0..letters.len()).rev() {
            for length in 1..=(letters.len() - from).min(7) {
                let Some((rest, _)) = best[from + length] else { continue };
                let Some(plain) = letters.get(from..from + length).and_then(|piece| self.known(piece)) else {
                    continue;
                };
                // Long pieces and words that many procedures have.
                let cost = rest + 1.0 + 0.1 * self.worth(self.spread(plain)) + if length == 1 { 1.0 } else { 0.0 };
                if best[from].is_none_or(|(held, _)| cost < held) {
                    best[from] = Some((cost, length));
                }
            }
        }
        let (mut pieces, mut at) = (Vec::new(), 0);
        while at < letters.len() {
            let (_, length) = best[at]?;
            pieces.push(letters.get(at..at + length)?);
            at += length;
        }
        Some(pieces)
    }

    /// The places that fit best, and how well the first one fits: 0 to 1.
    fn search(&self, wanted: &[Wanted], most: usize) -> (Vec<usize>, f32) {
        let worth: f32 = wanted.iter().map(|word| word.worth).sum();
        if worth == 0.0 {
            return (Vec::new(), 0.0);
        }
        let mut close: Vec<(f32, f32, usize)> = Vec::new();
        let (roles, places) = (self.roles(wanted), self.promising(wanted));
        let mut scratch = self.scratch.borrow_mut();
        if scratch.worths.0 != self.len() {
            let worths = self.postings.iter().map(|posting| self.worth(posting.len())).collect();
            scratch.worths = (self.len(), worths);
        }
        for at in places {
            let (closeness, share) = self.closeness(at, wanted, &roles, &scratch.worths.1);
            // Put in place one by one: they are few, and a sort of its own would cost the first download more.
            let place = close.partition_point(|held| held.0 > closeness || held.0 == closeness && held.2 < at);
            close.insert(place, (closeness, share, at));
        }
        let best = close.first().map_or(0.0, |hit| hit.1);
        let hits = close.iter().filter(|hit| hit.1 > 0.3 && hit.1 > 0.5 * best).map(|hit| hit.2).take(most);
        (hits.collect(), best)
    }

    /// For each plain word: which words of the query it may be, bit by bit.
    fn roles(&self, wanted: &[Wanted]) -> Vec<u32> {
        let mut roles = vec![0; self.plains.len()];
        for (n, word) in wanted.iter().enumerate() {
            for (plain, _) in &word.likely {
                roles[usize::from(*plain)] |= 1 << n;
            }
        }
        roles
    }

    /// Up to `CLOSELY` procedures that have most of the query's words, whatever the order.
    fn promising(&self, wanted: &[Wanted]) -> Vec<usize> {
        let mut scratch = self.scratch.borrow_mut();
        let Scratch { total, here, .. } = &mut *scratch;
        total.resize(self.len(), 0.0);
        here.resize(self.len(), 0.0);
        let mut touched: Vec<u32> = Vec::new();
        let mut now: Vec<u32> = Vec::new();
        let mut highest = 0f32;
        for word in wanted {
            for (plain, likelihood) in &word.likely {
                let values = KINDS.map(|kind| kind.factor() * likelihood * word.worth);
                for posting in &self.postings[usize::from(*plain)] {
                    let (doc, value) = (usize::from(posting >> 2), values[usize::from(posting & 3)]);
                    if value > here[doc] {
                        if here[doc] == 0.0 {
                            now.push(doc as u32);
                            if total[doc] == 0.0 {
                                touched.push(doc as u32);
                            }
                        }
                        total[doc] += value - here[doc];
                        highest = highest.max(total[doc]);
                        here[doc] = value;
                    }
                }
            }
            now.drain(..).for_each(|doc| here[doc as usize] = 0.0);
        }
        // The best by counting, not by sorting: thousands may be touched.
        const STEPS: usize = 64;
        let step = |value: f32| (value / highest * (STEPS - 1) as f32) as usize;
        let mut counts = [0usize; STEPS];
        touched.iter().for_each(|doc| counts[step(total[*doc as usize])] += 1);
        let mut least = STEPS;
        let mut taken = 0;
        while least > 0 && taken < CLOSELY {
            least -= 1;
            taken += counts[least];
        }
        let mut best = Vec::with_capacity(CLOSELY);
        for doc in touched {
            let value = std::mem::take(&mut total[doc as usize]);
            // Of those at the edge, some are left out.
            if step(value) > least || step(value) == least && best.len() < CLOSELY {
                best.push(doc as usize);
            }
        }
        best
    }

    /// How close a procedure is to the query, and what share of the query it has.
    fn closeness(&self, at: usize, wanted: &[Wanted], roles: &[u32], worths: &[f32]) -> (f32, f32) {
        let end = self.starts.get(at + 1).map_or(self.tokens.len(), |start| *start as usize);
        let (mut best, mut shares, mut unasked) = (0f32, [0f32; 32], 0.0);
        let (mut heads, mut guided) = (0, false);
        let tokens = &self.tokens[self.starts[at] as usize..end];
        for phrase in tokens.split_inclusive(|token| *token >= END) {
            let Some((kind, phrase)) = phrase.split_last() else { continue };
            guided |= kind - END == Kind::Everyday as u16;
            let factor = KINDS[usize::from(kind - END)].factor();
            let (mut here, mut beside, mut before) = ([0f32; 32], 0u32, 0u32);
            let (mut length, mut covered) = (0.0, 0.0);
            for term in phrase {
                let (plain, accents) = self.terms[usize::from(*term)];
                let role = roles[usize::from(plain)];
                let worth = worths[usize::from(plain)];
                length += worth;
                if role != 0 {
                    covered += worth;
                } else if kind - END == Kind::Official as u16 && heads < HEAD {
                    heads += 1;
                    unasked += worth;
                }
                for (n, word) in wanted.iter().enumerate().filter(|(n, _)| role >> n & 1 == 1) {
                    let likelihood = word.likelihood(plain).unwrap_or(0.0);
                    let accented = if word.accents == 0 || word.accents == accents { 1.0 } else { OTHER_ACCENTS };
                    here[n] = here[n].max(likelihood * accented);
                }
                beside |= before << 1 & role;
                before = role;
            }
            let (mut share, mut joined, mut all, mut joints) = (0.0, 0.0, 0.0, 0.0);
            for (n, word) in wanted.iter().enumerate() {
                share += here[n] * word.worth;
                all += word.worth;
                shares[n] = shares[n].max(here[n] * factor);
                if n > 0 {
                    let joint = word.worth.min(wanted[n - 1].worth);
                    joints += joint;
                    if beside >> n & 1 == 1 {
                        joined += joint * here[n].min(here[n - 1]);
                    }
                }
            }
            let share = share / all;
            let joined = if joints > 0.0 { joined / joints } else { share };
            best = best.max(
                factor
                    * (SHARE * share + JOINED * joined + COVERED * share * (covered / f32::max(length, 0.1)).powi(2)),
            );
        }
        let all: f32 = wanted.iter().map(|word| word.worth).sum();
        let share = wanted.iter().zip(shares).map(|(word, share)| word.worth * share).sum::<f32>() / all;
        let prior = if guided { GUIDED } else { 0.0 };
        (best + WHOLE * share - UNASKED * unasked + prior, share)
    }

    /// A text in runs, and whether each is a word that was looked for.
    pub fn marked(&self, found: &Found, text: &str) -> Vec<(String, bool)> {
        let mut runs: Vec<(String, bool)> = Vec::new();
        let mut add = |text: &str, marked: bool| match runs.last_mut() {
            _ if text.is_empty() => {}
            Some((run, held)) if *held == marked => run.push_str(text),
            _ => runs.push((text.to_owned(), marked)),
        };
        let mut done = 0;
        for (word, place) in words(text) {
            let plain = self.known(&word.plain);
            let wanted = plain.is_some_and(|plain| {
                let fits = |wanted: &Wanted| wanted.accents == 0 || wanted.accents == word.accents;
                // What merely begins like a finished word was not looked for.
                let meant =
                    |wanted: &Wanted| wanted.likelihood(plain).is_some_and(|likelihood| likelihood > UNFINISHED);
                found.wanted.iter().any(|wanted| fits(wanted) && meant(wanted))
            });
            add(text.get(done..place.start).unwrap_or_default(), false);
            add(text.get(place.clone()).unwrap_or_default(), wanted);
            done = place.end;
        }
        add(text.get(done..).unwrap_or_default(), false);
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let saying = |official: &[&str], said: &[&str]| Saying {
            official: official.iter().map(|text| text.to_string()).collect(),
            said: said.iter().map(|text| text.to_string()).collect(),
        };
        let mut index = Index::new(&[
            saying(&["Giấy chứng nhận"], &["sổ đỏ", "gcn"]),
            saying(&["cấp lại", "bị mất"], &["làm lại"]),
        ]);
        let guide = Entry {
            procedure: "1.116501".into(),
            everyday_name: "Sang tên sổ đỏ".into(),
            synonyms: vec!["mua bán đất".into(), "thừa kế đất".into()],
            ..Entry::default()
        };
        for (code, name) in [
            ("1.012784", "Tách thửa hoặc hợp thửa đất."),
            ("1.116501", "Đăng ký biến động quyền sử dụng đất, chuyển nhượng, tặng cho"),
            ("1.116495", "Cấp lại Giấy chứng nhận do bị mất (UBND thành phố Cần Thơ)"),
            ("1.000894", "Thủ tục đăng ký kết hôn"),
        ] {
            let summary = Summary { code: code.into(), name: name.into(), ..Summary::default() };
            index.add(&summary, Some(&guide).filter(|guide| guide.procedure == code));
        }
        index
    }

    #[test]
    fn however_it_is_typed_it_is_found() {
        let index = index();
        for query in [
            "sang tên sổ đỏ",
            "sang ten so do",
            "SANG TÊN",
            "sang ten so d",
            "sang teen so ddor",
            "sang t6en so63 d9o3",
            "sangten so do",
            "sabg ten",
            "snag ten so do",
            "mua ba\u{301}n đa\u{302}\u{301}t",
            "tôi muốn thừa kế đất thì làm thủ tục gì",
            "1.116501",
            "1.116501.000.00.00.H92",
            "mã 1.1165",
        ] {
            assert_eq!(index.find(query, 5).hits.first(), Some(&1), "{query}");
        }
        assert_eq!(index.find("tách thửa", 5).hits.first(), Some(&0));
        assert_eq!(index.find("tach thua", 5).hits.first(), Some(&0));
        assert_eq!(index.find("thừa", 5).hits.first(), Some(&1), "accents tell words apart");
        assert_eq!(index.find("lam lai gcn", 5).hits.first(), Some(&2), "as people say it");
    }

    #[test]
    fn what_was_kept_finds_the_same() {
        let index = index();
        let mut again = Index::again(&[], &index.vocabulary());
        (0..index.len()).for_each(|at| again.add_kept(&index.codes[at], &index.kept(at)));
        for query in ["sang ten so do", "lam lai gcn", "đăng ký", "1.0008", "kết hôn", "tach thua dat"] {
            assert_eq!(index.find(query, 5).hits, again.find(query, 5).hits, "{query}");
        }
        // Whatever was kept, reading it ends.
        let mut spoilt = Index::again(&[], "a\u{e001} \u{e00f} b b\u{e000} c\u{e00f}\u{e00f}");
        spoilt.add_kept("1.1", "\u{10ffff} \u{1}\u{2}zz\u{3}\u{d7ff}");
        assert!(spoilt.find("b", 5).hits.len() <= 1);
    }

    #[test]
    fn nothing_is_found_for_nothing_or_for_strange_words() {
        let index = index();
        for query in ["", "  ", "?!", "zzzz qqqq", "99.99.99", "🙂", &"a".repeat(5000)] {
            assert!(index.find(query, 5).hits.is_empty(), "{query}");
        }
        assert!(Index::new(&[]).find("đất", 5).hits.is_empty());
    }

    #[test]
    fn what_was_looked_for_is_marked() {
        let index = index();
        let found = index.find("bi mat giay", 5);
        let runs = index.marked(&found, "Giấy do bị mất.");
        let runs: Vec<(&str, bool)> = runs.iter().map(|(run, marked)| (run.as_str(), *marked)).collect();
        let typed = index.find("mật", 5);
        assert!(index.marked(&typed, "bị mất").iter().all(|(_, marked)| !marked), "another word");
        assert_eq!(runs, [("Giấy", true), (" do ", false), ("bị", true), (" ", false), ("mất", true), (".", false)]);
    }
}

//! Taking in pages: the citizen's file is safe on the device first, then it is looked at, then it is a page.

use web_sys::Blob;

use crate::{
    catalogue::requirement::FileLimit,
    device::{
        files, identity,
        scanner::{NotMade, NotSeen, Seen, Sheet},
        store::{PageFile, StoreError},
        worker::NoAnswer,
    },
    dossier::{
        draft::Draft,
        paper::{Corners, Finish, Flaw, Made, Page, PaperFile, Source, State, extension_for, file_name},
    },
    journey::drafts::Open,
    messages::{say, say_with, size},
    shell::shell,
};

/// Takes a picked file into the paper of `part`, in place of the page `instead_of` if given, and gives the sentence
/// to tell the citizen if something is wrong. Nothing that was there before is touched in that case.
pub async fn take(open: Open, part: &str, file: &web_sys::File, instead_of: Option<&str>) -> Option<String> {
    match files::held(file).await {
        Some(original) => take_in(open, part, original, &file.name(), instead_of).await,
        None => Some(say("pages.unreadable-file")),
    }
}

/// The same for a photograph that is in memory already; `name` is what to call it.
pub async fn take_in(open: Open, part: &str, original: Blob, name: &str, instead_of: Option<&str>) -> Option<String> {
    let Some(draft) = open.peek() else {
        return Some(say("pages.gone"));
    };
    let store = match &shell().store {
        Ok(store) => store,
        Err(error) => return Some(say(error.key())),
    };
    let (id, bytes) = (identity::new_id(), original.size() as u64);
    let mut file = PageFile { original, picture: None };
    if let Err(error) = store.save_page(&draft.id, &id, &file).await {
        return Some(say(error.key()));
    }
    let limit = draft.requirement(part).map_or_else(FileLimit::default, |requirement| requirement.limit.clone());
    let new = Page::new(id.clone(), bytes);
    let refused = match shell().scanner.look(&file.original).await {
        Ok(Seen::Photo { sheet, corners, sure }) => {
            file.picture = Some(sheet.picture.clone());
            match store.save_page(&draft.id, &id, &file).await {
                Ok(()) => add(open, part, photographed(new, &sheet, corners, sure), instead_of).await,
                Err(error) => Some(say(error.key())),
            }
        }
        Ok(Seen::Pdf) if !limit.takes("pdf") => Some(say("pages.no-pdf")),
        Ok(Seen::Pdf) if bytes > limit.max_bytes => {
            Some(say_with("pages.pdf-too-large", &[("size", &size(bytes)), ("limit", &size(limit.max_bytes))]))
        }
        Ok(Seen::Pdf) => add(open, part, Page { source: Source::Pdf, made: Made::Ready, ..new }, instead_of).await,
        Err(NotSeen::Flaw(flaw)) => Some(sentence(flaw, name)),
        Err(NotSeen::NoAnswer(NoAnswer::Cancelled)) => Some(say("pages.cancelled")),
        // The scanner did not answer: the photograph is kept, and looked at again when the paper is opened.
        Err(NotSeen::NoAnswer(NoAnswer::Lost)) => match add(open, part, new, instead_of).await {
            Some(refused) => Some(refused),
            None => return Some(say("pages.waiting")),
        },
    };
    if refused.is_some() {
        let _ = store.forget_page(&draft.id, &id).await;
    }
    refused
}

/// The page with what the scanner saw.
fn photographed(page: Page, sheet: &Sheet, corners: Corners, cut_out: bool) -> Page {
    Page { made: Made::Ready, doubt: sheet.doubt, print: sheet.print, corners, cut_out, ..page }
}

/// Makes a page anew from its photograph, cut out by these corners (or whole) and in this finish; gives the sentence to
/// tell the citizen if something is wrong. The page stays as it was in that case.
pub async fn make_anew(
    open: Open,
    part: &str,
    id: &str,
    corners: Corners,
    cut_out: bool,
    finish: Finish,
) -> Option<String> {
    let Some(draft) = open.peek() else {
        return Some(say("pages.gone"));
    };
    let store = match &shell().store {
        Ok(store) => store,
        Err(error) => return Some(say(error.key())),
    };
    let Ok(Some(mut file)) = store.page(&draft.id, id).await else {
        return Some(say("pages.lost"));
    };
    let inside = if cut_out { corners } else { Corners::default() };
    let sheet = match shell().scanner.make(&file.original, &inside, finish).await {
        Ok(sheet) => sheet,
        Err(NotSeen::Flaw(flaw)) => return Some(sentence(flaw, "")),
        Err(NotSeen::NoAnswer(_)) => return Some(say("pages.no-scanner")),
    };
    file.picture = Some(sheet.picture.clone());
    if let Err(error) = store.save_page(&draft.id, id, &file).await {
        return Some(say(error.key()));
    }
    let saved = open
        .change(|draft| {
            let Some(paper) = draft.change_pages(part, identity::new_id()) else { return };
            if let Some(page) = paper.pages.iter_mut().find(|page| page.id == id) {
                *page = Page { finish, ..photographed(page.clone(), &sheet, corners, cut_out) };
            }
        })
        .await;
    (!saved).then(|| say(StoreError::Full.key()))
}

async fn add(open: Open, part: &str, mut page: Page, instead_of: Option<&str>) -> Option<String> {
    let before = open.peek()?.papers.get(part)?.clone();
    let (mut refused, mut replaced) = (None, None);
    let saved = open
        .change(|draft| {
            let Some(paper) = draft.change_pages(part, identity::new_id()) else { return };
            page.doubt = paper.doubt(page.doubt, page.print);
            match instead_of.and_then(|id| paper.pages.iter().position(|held| held.id == id)) {
                Some(at) if paper.pages.len() == 1 || page.source == paper.pages[at].source => {
                    replaced = Some(std::mem::replace(&mut paper.pages[at], page).id);
                }
                None if paper.can_add(&page.source) => paper.pages.push(page),
                _ => refused = Some(say("pages.one-kind")),
            }
        })
        .await;
    if !saved {
        // The device keeps what it had, so the screen shows that too.
        let part = part.to_owned();
        open.change(|draft| {
            draft.papers.insert(part, before);
        })
        .await;
        return Some(say(StoreError::Full.key()));
    }
    if let (Some(old), Ok(store), Some(draft)) = (replaced, &shell().store, open.peek()) {
        let _ = store.forget_page(&draft.id, &old).await;
    }
    refused
}

/// Looks again at the pages that the scanner had no time for.
pub async fn look_again(open: Open, part: &str) {
    let (Some(draft), Ok(store)) = (open.peek(), &shell().store) else {
        return;
    };
    let Some(paper) = draft.papers.get(part) else {
        return;
    };
    for page in paper.pages.iter().filter(|page| page.made == Made::Waiting) {
        let Ok(Some(mut file)) = store.page(&draft.id, &page.id).await else {
            continue;
        };
        let seen = match shell().scanner.look(&file.original).await {
            Ok(Seen::Photo { sheet, corners, sure }) => {
                file.picture = Some(sheet.picture.clone());
                if store.save_page(&draft.id, &page.id, &file).await.is_err() {
                    continue;
                }
                photographed(page.clone(), &sheet, corners, sure)
            }
            Ok(Seen::Pdf) => Page { made: Made::Ready, source: Source::Pdf, ..page.clone() },
            Err(NotSeen::Flaw(flaw)) => Page { made: Made::Unreadable(flaw), ..page.clone() },
            Err(NotSeen::NoAnswer(_)) => continue,
        };
        let (part, id) = (part.to_owned(), page.id.clone());
        open.change(|draft| {
            let pages = draft.papers.get_mut(&part).map(|paper| &mut paper.pages);
            if let Some(page) = pages.and_then(|pages| pages.iter_mut().find(|page| page.id == id)) {
                // It may have been turned meanwhile.
                *page = Page { turn: page.turn, ..seen };
            }
        })
        .await;
    }
}

/// What is wrong with a file and what to do, for the citizen.
pub fn sentence(flaw: Flaw, name: &str) -> String {
    // A hostile name is shown short; it goes nowhere else.
    let name: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
    say_with(flaw.key(), &[("file", &name)])
}

/// Why a paper's file could not be made, for the citizen.
pub struct NotPacked {
    pub part: String,
    pub sentence: String,
}

/// Makes the files of all papers that are handed in, each within the portal's limit.
///
/// # Errors
/// The first paper that cannot be made into a file, and what to do about it.
pub async fn pack(draft: &Draft) -> Result<Vec<PaperFile>, NotPacked> {
    let mut packed = Vec::new();
    for requirement in &draft.requirements {
        let Some(paper) = draft.papers.get(&requirement.part) else {
            continue;
        };
        if paper.state() != State::Ready {
            continue;
        }
        let failed = |sentence: String| NotPacked { part: requirement.part.clone(), sentence };
        let store = shell().store.as_ref().map_err(|error| failed(say(error.key())))?;
        let (extension, mime, bytes) = match &paper.pages[..] {
            [page] if page.source == Source::Pdf => {
                let file = store.page(&draft.id, &page.id).await.map_err(|error| failed(say(error.key())))?;
                let file = file.ok_or_else(|| failed(say("pages.lost")))?;
                ("pdf", "application/pdf", files::bytes(&file.original).await.ok_or_else(|| failed(say("pages.lost")))?)
            }
            pages => {
                let extension = extension_for(&requirement.limit);
                let mut pictures = Vec::with_capacity(pages.len());
                for page in pages {
                    let picture = store.picture(&draft.id, &page.id).await.map_err(|error| failed(say(error.key())))?;
                    pictures.push((picture.ok_or_else(|| failed(say("pages.lost")))?, page.turn));
                }
                let limit = requirement.limit.max_bytes;
                let made = shell().scanner.assemble(&pictures, extension, &requirement.name, limit).await;
                let bytes = made.map_err(|error| {
                    failed(match error {
                        NotMade::TooLarge => say_with("pages.too-many", &[("limit", &size(limit))]),
                        NotMade::Unreadable => say("pages.lost"),
                        NotMade::NoScanner => say("pages.no-scanner"),
                    })
                })?;
                (extension, if extension == "pdf" { "application/pdf" } else { "image/jpeg" }, bytes)
            }
        };
        packed.push(PaperFile {
            upload: paper.upload.clone(),
            part: requirement.part.clone(),
            name: file_name(&requirement.name, extension),
            mime,
            bytes,
        });
    }
    Ok(packed)
}

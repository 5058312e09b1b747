//! Pages into one PDF. Each page is a JPEG picture, put in as it is.

use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, TextStr};

/// One page: an upright JPEG and how it is to be turned.
pub struct Page<'a> {
    pub jpeg: &'a [u8],
    /// Pixels of the JPEG.
    pub width: u32,
    pub height: u32,
    /// Quarter turns clockwise.
    pub turn: u8,
}

/// The longer side of an A4 sheet in points.
const A4: f32 = 841.89;

/// A PDF of the pages, each on a sheet as long as A4 and as wide as its picture asks for. `title` goes into the
/// document's information; nothing else about the citizen does.
pub fn write(pages: &[Page<'_>], title: &str) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let (catalog, tree, info) = (Ref::new(1), Ref::new(2), Ref::new(3));
    let of = |page: usize, part: i32| Ref::new(4 + page as i32 * 3 + part);
    pdf.catalog(catalog).pages(tree).lang(TextStr("vi"));
    pdf.document_info(info).title(TextStr(title));
    pdf.pages(tree).kids((0..pages.len()).map(|at| of(at, 0))).count(pages.len() as i32);
    for (at, page) in pages.iter().enumerate() {
        let longer = page.width.max(page.height).max(1) as f32;
        let (width, height) = (A4 * page.width as f32 / longer, A4 * page.height as f32 / longer);
        let mut sheet = pdf.page(of(at, 0));
        sheet.parent(tree).media_box(Rect::new(0.0, 0.0, width, height)).contents(of(at, 1));
        if page.turn % 4 != 0 {
            sheet.rotate(i32::from(page.turn % 4) * 90);
        }
        sheet.resources().x_objects().pair(Name(b"P"), of(at, 2));
        sheet.finish();
        let mut content = Content::new();
        content.save_state().transform([width, 0.0, 0.0, height, 0.0, 0.0]).x_object(Name(b"P")).restore_state();
        pdf.stream(of(at, 1), &content.finish());
        let mut image = pdf.image_xobject(of(at, 2), page.jpeg);
        image.width(page.width as i32).height(page.height as i32).bits_per_component(8);
        image.filter(Filter::DctDecode);
        image.color_space().device_rgb();
    }
    pdf.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sniff;

    #[test]
    fn a_written_pdf_is_whole_and_holds_the_pictures_untouched() {
        let jpeg = std::fs::read(format!("{}/../tests/photos/hop-dong.jpg", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let page = |turn| Page { jpeg: &jpeg, width: 2000, height: 1500, turn };
        let pdf = write(&[page(0), page(1)], "Hợp đồng");
        assert_eq!(sniff::kind(&pdf), Ok(sniff::Kind::Pdf));
        assert_eq!(pdf.windows(jpeg.len()).filter(|window| *window == jpeg).count(), 2);
        assert!(pdf.windows(11).any(|window| window == b"/Rotate 90\n" || window.starts_with(b"/Rotate 90")));
    }
}

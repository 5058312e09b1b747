//! The form files of procedures, and the small PDF that stands in where there is none.

use include_dir::{Dir, include_dir};

static FORMS: Dir = include_dir!("$CARGO_MANIFEST_DIR/seed/forms");

/// The form's PDF; a generated page with its name when no file is there.
pub fn pdf(file_template_no: &str, name: &str) -> Vec<u8> {
    match FORMS.get_file(file_name(file_template_no)) {
        Some(file) => file.contents().to_vec(),
        None => small_pdf(&[name, file_template_no]),
    }
}

/// A form's file name: its code, with `_` for every sign that is not plain in a file name.
fn file_name(file_template_no: &str) -> String {
    let plain: String = file_template_no
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' })
        .collect();
    format!("{plain}.pdf")
}

/// A one-page PDF with a few lines. The built-in font knows no Vietnamese marks, so they are dropped.
pub fn small_pdf(lines: &[&str]) -> Vec<u8> {
    let mut text = String::from("BT /F1 14 Tf 56 780 Td 20 TL ");
    for line in lines {
        let plain: String = without_marks(line).chars().take(80).collect();
        let safe: String = plain.chars().map(|c| if matches!(c, '(' | ')' | '\\') { ' ' } else { c }).collect();
        text.push_str(&format!("({safe}) Tj T* "));
    }
    text.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", i + 1));
    }
    let table = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1));
    out.into_bytes()
}

/// Vietnamese letters as plain Latin ones.
pub fn without_marks(text: &str) -> String {
    const MARKED: [(&str, char); 7] = [
        ("àáảãạăằắẳẵặâầấẩẫậ", 'a'),
        ("èéẻẽẹêềếểễệ", 'e'),
        ("ìíỉĩị", 'i'),
        ("òóỏõọôồốổỗộơờớởỡợ", 'o'),
        ("ùúủũụưừứửữự", 'u'),
        ("ỳýỷỹỵ", 'y'),
        ("đ", 'd'),
    ];
    text.chars()
        .filter_map(|c| {
            if c.is_ascii() {
                return Some(c);
            }
            let lower = c.to_lowercase().next()?;
            let plain = MARKED.iter().find(|(set, _)| set.contains(lower)).map(|(_, plain)| *plain)?;
            Some(if c.is_uppercase() { plain.to_ascii_uppercase() } else { plain })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_code_becomes_a_plain_file_name() {
        assert_eq!(file_name("SNNMT_QD4413_Mẫu số 21"), "SNNMT_QD4413_M_u_s__21.pdf");
        assert_eq!(file_name("000.00.00.G15-KQ003675"), "000.00.00.G15-KQ003675.pdf");
        assert_eq!(file_name("../../etc"), ".._.._etc.pdf");
    }
}

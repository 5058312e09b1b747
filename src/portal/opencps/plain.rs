//! The portal's HTML texts as lines of plain text. Markup never reaches the page.
//!
//! The crates for this (html2text, scraper) carry a whole HTML parser, three times the size of our first download;
//! the browser's parser is out of reach for native tests. What is needed is little: tags away, blocks as lines.

/// Elements that begin a line of their own.
const BLOCKS: [&str; 14] =
    ["p", "div", "li", "ul", "ol", "br", "tr", "table", "h1", "h2", "h3", "h4", "section", "article"];

/// The text between the tags, a line for each block, without empty lines. What stands inside `script` and `style`
/// is dropped; a tag that never closes is text no more than the tag.
///
/// ```
/// use mot_cua::portal::opencps::plain::lines;
/// assert_eq!(lines("<p>Một&nbsp;cửa</p><ul><li>A &amp; B<li>C</ul>"), ["Một cửa", "A & B", "C"]);
/// assert_eq!(lines("a<script>alert(1)</script> b"), ["a b"]);
/// assert_eq!(lines("5 < 6"), ["5 < 6"]);
/// ```
pub fn lines(html: &str) -> Vec<String> {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            text.push('<');
            rest = tag;
            continue;
        }
        let (inside, after) = tag.split_once('>').unwrap_or((tag, ""));
        rest = after;
        let name: String = inside
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if !inside.starts_with('/') && (name == "script" || name == "style") {
            let end = rest.to_ascii_lowercase().find(&format!("</{name}")).unwrap_or(rest.len());
            rest = &rest[end..];
        } else if BLOCKS.contains(&name.as_str()) {
            text.push('\n');
        } else if name == "td" || name == "th" {
            text.push(' ');
        }
    }
    text.push_str(rest);
    decode(&text)
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect()
}

/// Replaces the entities that editors write; unknown ones stay as they are.
fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(10).position(|byte| byte == b';');
        let found = end.and_then(|end| entity(&rest[1..end]).map(|letter| (letter, end)));
        match found {
            Some((letter, end)) => {
                out.push(letter);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn hostile_markup_ends_as_text_or_not_at_all() {
        assert_eq!(lines("<img src=x onerror=alert(1)>Giấy tờ"), ["Giấy tờ"]);
        assert_eq!(lines("&lt;script&gt;alert(1)&lt;/script&gt;"), ["<script>alert(1)</script>"]);
        assert_eq!(lines("<SCRIPT>x</SCRIPT >y"), ["y"]);
        assert_eq!(lines("<script>never closed"), Vec::<String>::new());
        assert_eq!(lines("<p never closed"), Vec::<String>::new());
        assert_eq!(lines("a &unknown; &#1234567890; b&"), ["a &unknown; &#1234567890; b&"]);
    }
}

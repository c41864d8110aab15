//! The criteria that a category declares, with their facts folded: whoever reads the page wants the criteria
//! first, and the long lists below them only at times.

use std::fmt::Write as _;

use crate::site::Category;

/// Puts each list of declared facts into a fold that says how many there are; all else stays as it is.
pub(super) fn fold_facts(html: &str, category: &Category) -> String {
    let facts_of = |name: &str| category.criteria.iter().find(|criterion| criterion.name == name);
    fold_lists(html, |name| facts_of(name).map_or(0, |criterion| criterion.facts.len()))
}

/// Folds the second level of lists. `count` says how many facts stand below a name; none leaves its list open.
fn fold_lists(html: &str, count: impl Fn(&str) -> usize) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let (mut depth, mut folded, mut name, mut rest) = (0_usize, false, "", html);
    while let Some(at) = rest.find('<') {
        let (text, tagged) = rest.split_at(at);
        let (tag, after) = tagged.split_at(end_of_tag(tagged));
        out.push_str(text);
        match tag {
            "<strong>" if depth == 1 => name = after.split('<').next().unwrap_or_default(),
            "<ul>" => {
                depth += 1;
                let facts = if depth == 2 { count(name) } else { 0 };
                if facts > 0 {
                    folded = true;
                    let noun = if facts == 1 { "fact" } else { "facts" };
                    let _ = write!(
                        out,
                        "<details class=\"declared\"><summary>{facts} {noun}<span class=\"vh\"> of {name}</span></summary>"
                    );
                }
            }
            _ => {}
        }
        out.push_str(tag);
        if tag == "</ul>" {
            if depth == 2 && folded {
                folded = false;
                out.push_str("</details>");
            }
            depth = depth.saturating_sub(1);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Where the tag ends that a text begins with: at the first `>` outside of quotes.
fn end_of_tag(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return at + 1,
            _ => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "<p>By these:</p>\n<ul>\n<li><strong>Speed</strong> - how fast\n<ul>\n<li><strong>Trip</strong> - one<ul><li>x</li></ul></li>\n</ul>\n</li>\n<li><strong>Else</strong>\n<ul>\n<li>a</li>\n</ul>\n</li>\n</ul>\n";

    #[test]
    fn lists_below_a_criterion_fold_and_others_stay_open() {
        let folded = fold_lists(LIST, |name| usize::from(name == "Speed"));
        assert_eq!(folded.matches("<details").count(), 1);
        assert!(
            folded.contains(
                "how fast\n<details class=\"declared\"><summary>1 fact<span class=\"vh\"> of Speed</span></summary><ul>"
            ),
            "{folded}"
        );
        assert!(folded.contains("</ul></li>\n</ul></details>\n</li>\n<li><strong>Else"), "{folded}");
    }

    #[test]
    fn what_is_no_list_comes_through_as_it_is() {
        for html in ["", "a < b", "<p title=\"<ul><ul>\">x</p>", "<ul", "</ul></ul>", "<p title='>"] {
            assert_eq!(fold_lists(html, |_| 3), html);
        }
    }
}

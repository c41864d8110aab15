//! Whether a text names words, or others that the site file says mean the same.

/// Before a word they say that it is not there: "no Java", "without a broker" names neither.
const DENYING: [&str; 5] = ["no", "not", "without", "never", "nor"];
/// Between such a word and what it denies.
const ARTICLES: [&str; 3] = ["a", "an", "any"];

/// Words that are looked for, with those that mean the same.
pub(super) struct Named(Vec<Vec<String>>);

impl Named {
    /// Some words, and what the lines of a site file such as `java = jvm` say means the same.
    pub fn of(wanted: &str, synonyms: &[String]) -> Self {
        let wanted: Vec<String> = words_of(wanted).collect();
        let mut same: Vec<Vec<String>> = vec![wanted.clone()];
        for line in synonyms {
            let group: Vec<Vec<String>> = line.split('=').map(|member| words_of(member).collect()).collect();
            if group.contains(&wanted) {
                same.extend(group.into_iter().filter(|member| !member.is_empty() && *member != wanted));
            }
        }
        Self(same)
    }

    /// Whether a text names one of them: its words in a row, without regard to case and punctuation, and not denied.
    pub fn are_in(&self, text: &str) -> bool {
        let text: Vec<String> = words_of(text).collect();
        self.0.iter().any(|wanted| {
            let mut places = text.windows(wanted.len().max(1)).enumerate();
            places.any(|(at, some)| some == wanted && !is_denied(&text[..at]))
        })
    }
}

/// Whether the words before a place deny what stands there.
fn is_denied(before: &[String]) -> bool {
    let before = match before {
        [rest @ .., article] if ARTICLES.contains(&article.as_str()) => rest,
        all => all,
    };
    before.last().is_some_and(|word| DENYING.contains(&word.as_str()))
}

/// The words of a text in lower case.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, wanted: &str) -> bool {
        Named::of(wanted, &["java = jvm = Java virtual machine".to_owned(), "broken =".to_owned()]).are_in(text)
    }

    #[test]
    fn words_are_named_whole_and_in_a_row_or_by_what_means_the_same() {
        assert!(names("Java 17 or newer", "JVM") && names("a Java Virtual Machine", "jvm") && names("a JVM", "java"));
        assert!(names("bottom-up", "bottom up") && !names("up, bottom", "bottom up"));
        assert!(!names("JavaScript", "java") && !names("nothing", "broken"));
    }

    #[test]
    fn what_is_denied_is_not_named() {
        assert!(!names("no JVM", "java") && !names("runs without a JVM", "java") && !names("not Java", "jvm"));
        assert!(names("no JVM on one machine, Java for a cluster", "jvm"));
        assert!(names("a JVM, no broker", "jvm"));
    }
}

//! The lexicon: which words of a query mean one thing together.
//!
//! They do where they are a name of a framework (its title, the end of its address or of an old address), and
//! where the site file says that they mean the same as others. Names are taken as they are written, words
//! that mean the same by their stems.

use std::collections::HashMap;

use super::entry::slugs;
use super::find::SAY_NOTHING;
use super::places::Names;
use super::wanted::{Word, read_words};
use super::words::Stems;
use crate::site::Site;

/// What the words of a site mean together.
#[derive(Default)]
pub(super) struct Lexicon {
    /// Names of frameworks by their first word.
    names: HashMap<String, Vec<Name>>,
    /// For each framework that is named, the words of its title.
    title_words: HashMap<u16, Vec<String>>,
    /// Words that mean the same as others, by the stem of the first.
    synonyms: HashMap<String, Vec<Same>>,
}

/// A name of a framework.
struct Name {
    words: Vec<String>,
    framework: u16,
}

/// Words that mean the same as others.
struct Same {
    stems: Vec<String>,
    others: Vec<Vec<String>>,
}

/// A framework that words of a query name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Its number.
    pub framework: u16,
    /// How many words name it.
    pub words: usize,
    /// The shortest name among them, as it is looked for in texts.
    pub name: Vec<String>,
}

impl Lexicon {
    /// The lexicon of a site whose frameworks have these names.
    pub(super) fn of(site: &Site, frameworks: &Names) -> Self {
        let mut lexicon = Self::default();
        for framework in site.categories.iter().flat_map(|category| &category.frameworks) {
            let Some(number) = frameworks.number(&framework.slug) else { continue };
            lexicon.add_name(&framework.title, number);
            slugs(site, framework.page).for_each(|slug| lexicon.add_name(&slug, number));
            let words = lexicon.title_words.entry(number).or_default();
            words.extend(texts(&framework.title).into_iter().filter(|word| !SAY_NOTHING.contains(&word.as_str())));
        }
        for line in &site.site_file.synonyms {
            lexicon.add_synonyms(line);
        }
        lexicon
    }

    /// Adds a name, and the same with its parts as words.
    fn add_name(&mut self, name: &str, framework: u16) {
        let words = read_words(name, 0..name.len());
        let part = |word: &Word| match word.parts.as_slice() {
            [] => vec![word.text.clone()],
            parts => parts.iter().map(|part| part.text.clone()).collect(),
        };
        let parts: Vec<String> = words.iter().flat_map(part).collect();
        for words in [words.into_iter().map(|word| word.text).collect(), parts] {
            let Some(first) = words.first() else { continue };
            let names = self.names.entry(first.clone()).or_default();
            if !names.iter().any(|name| name.framework == framework && name.words == words) {
                names.push(Name { words, framework });
            }
        }
    }

    /// Reads `worker = executor = actor process`.
    fn add_synonyms(&mut self, line: &str) {
        let members: Vec<Vec<String>> =
            line.split('=').map(texts).filter(|member: &Vec<String>| !member.is_empty()).collect();
        let mut stems = Stems::default();
        for (at, member) in members.iter().enumerate() {
            let others = members.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, member)| member.clone());
            let same = Same { stems: member.iter().map(|word| stems.root(word)).collect(), others: others.collect() };
            self.synonyms.entry(same.stems[0].clone()).or_default().push(same);
        }
    }

    /// The framework that the words from a place on name: by the longest of the names they start with, and
    /// the words of its title around it.
    pub(super) fn named(&self, words: &[&str]) -> Option<Named> {
        let starts = |name: &&Name| words.len() >= name.words.len() && name.words.iter().eq(&words[..name.words.len()]);
        if let Some(names) = self.names.get(*words.first()?)
            && let Some(name) = names.iter().filter(starts).max_by_key(|name| name.words.len())
        {
            let after = &words[name.words.len()..];
            let more = after.iter().take_while(|word| self.is_of_title(name.framework, word)).count();
            let named = self.shortest(name.framework, &name.words);
            return Some(Named { framework: name.framework, words: name.words.len() + more, name: named });
        }
        // The words of a title before a name: "Apache Spark".
        let rest = self.named(words.get(1..)?)?;
        self.is_of_title(rest.framework, words[0]).then(|| Named { words: rest.words + 1, ..rest })
    }

    fn is_of_title(&self, framework: u16, word: &str) -> bool {
        self.title_words.get(&framework).is_some_and(|words| words.iter().any(|of_title| of_title == word))
    }

    /// The shortest name of a framework among these words.
    fn shortest(&self, framework: u16, words: &[String]) -> Vec<String> {
        let names = (0..words.len()).filter_map(|at| {
            let names = self.names.get(&words[at])?.iter().filter(|name| name.framework == framework);
            names.filter(|name| words[at..].starts_with(&name.words)).min_by_key(|name| name.words.len())
        });
        names.min_by_key(|name| name.words.len()).map_or_else(|| words.to_vec(), |name| name.words.clone())
    }

    /// What means the same as the words from a place on, each once, and how many words that are, the most that can be.
    pub(super) fn same(&self, stems: &[&str]) -> Option<(usize, Vec<Vec<String>>)> {
        let fits = |same: &&Same| stems.len() >= same.stems.len() && same.stems.iter().eq(&stems[..same.stems.len()]);
        let fitting: Vec<&Same> = self.synonyms.get(*stems.first()?)?.iter().filter(fits).collect();
        let words = fitting.iter().map(|same| same.stems.len()).max()?;
        let mut others: Vec<Vec<String>> = Vec::new();
        for other in fitting.iter().filter(|same| same.stems.len() == words).flat_map(|same| &same.others) {
            if !others.contains(other) {
                others.push(other.clone());
            }
        }
        Some((words, others))
    }
}

/// The words of a text.
fn texts(text: &str) -> Vec<String> {
    read_words(text, 0..text.len()).into_iter().map(|word| word.text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_the_same_as_several_words_of_one_stem_is_named_once() {
        let mut lexicon = Lexicon::default();
        lexicon.add_synonyms("lost = dies = died");
        let (words, others) = lexicon.same(&["die"]).expect("words that mean the same");
        assert_eq!((words, others.concat()), (1, ["lost", "died", "dies"].map(str::to_owned).to_vec()));
    }
}

//! The seed file as a site, before any page is made of it.
use std::collections::BTreeMap;
use std::sync::Arc;

use fieldguide::content::sections::Document;
use fieldguide::ids::DocPath;
use fieldguide::site::{Input, Site};

fn site(files: &[(&str, &str)]) -> Site {
    let documents: BTreeMap<_, _> = files
        .iter()
        .map(|(path, text)| (DocPath::new(path), Arc::new(Document::read(DocPath::new(path), (*text).to_owned()))))
        .collect();
    Site::build(Input { documents, ..Input::default() })
}

#[test]
fn the_seed_gives_a_category_of_five_frameworks_and_thirty_five_gaps() {
    let seed = include_str!("../fixtures/distributed-computing-frameworks.md");
    let site = site(&[("distributed-computing-frameworks.md", seed)]);
    let category = &site.categories[0];
    assert_eq!(category.criteria.len(), 7);
    let names: Vec<_> =
        category.frameworks.iter().map(|f| (f.title.as_str(), site.pages[f.page].url.as_str())).collect();
    assert_eq!(names.len(), 5, "{names:?}");
    assert_eq!((category.progress().researched, category.progress().total), (0, 35));
}

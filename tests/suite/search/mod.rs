//! Search: what is found, in which order, and that the index follows the content.

mod declared;
mod hits;
mod lamps;
mod order;
mod places;
mod properties;
mod queries;
mod updates;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use fieldguide::content::sections::Document;
use fieldguide::content::site_file::SiteFile;
use fieldguide::ids::DocPath;
use fieldguide::search::{Hit, Indexer, Query, Results, Snapshot};
use fieldguide::site::{Input, Site};

const CATEGORY: &str = "\
# Engines

Frameworks that spread Python over many machines.

## Research Framework

- **Architecture** - who decides where a task runs
- **Performance** - overhead and throughput

## Frameworks

- [Ray from Anyscale](ray.md)
- [Dask](dask.md)
- [Celery](celery.md)
";

const RAY: &str = "\
# Ray from Anyscale

## Architecture

> **Rating:** 4/5 - decentralised, but the head node needs care
> **Scheduler:** distributed, bottom-up
> **Object store:** [To be completed]

Every worker owns the objects that it creates. Call `ray.init` first; a task returns an `ObjectRef`.

### Failure handling

Tasks are re-run from their lineage.

## Performance

The cluster starts with `--num-cpus` workers; Dask schedules more slowly.
";

const DASK: &str = "\
# Dask

## Architecture

> **Scheduler:** central

One scheduler process plans the whole task graph. Use `map_partitions` on a DataFrame.

## Performance

[To be completed]
";

const CELERY: &str = "\
# Celery

## Architecture

[To be completed]

## Performance

[To be completed: measure the broker]
";

const GUIDE: &str = "\
# How to read

Some words before any section, about ratings.

## Ratings

A rating is a judgement. Scheduling is judged too, and so are naïve schedulers.
";

/// A content folder with its index.
struct Shelf {
    files: BTreeMap<DocPath, Arc<Document>>,
    site_file: SiteFile,
    indexer: Indexer,
    site: Site,
    snapshot: Snapshot,
}

impl Shelf {
    fn new(files: &[(&str, &str)]) -> Self {
        let mut indexer = Indexer::new().expect("an index in memory");
        let files = files.iter().map(|(path, text)| read(path, text)).collect();
        let site = build(&files);
        let snapshot = indexer.update(&site).expect("an index in memory");
        Self { files, site_file: SiteFile::default(), indexer, site, snapshot }
    }

    fn standard() -> Self {
        Self::new(&[
            ("engines/index.md", CATEGORY),
            ("engines/ray.md", RAY),
            ("engines/dask.md", DASK),
            ("engines/celery.md", CELERY),
            ("guide/reading.md", GUIDE),
        ])
    }

    /// The same with words that mean the same.
    fn with_synonyms(mut self, synonyms: &[&str]) -> Self {
        self.site_file.synonyms = synonyms.iter().map(|line| (*line).to_owned()).collect();
        self.update();
        self
    }

    fn write(&mut self, path: &str, text: &str) {
        let (path, document) = read(path, text);
        self.files.insert(path, document);
        self.update();
    }

    fn remove(&mut self, path: &str) {
        self.files.remove(&DocPath::new(path));
        self.update();
    }

    fn update(&mut self) {
        let (documents, site_file) = (self.files.clone(), self.site_file.clone());
        self.site = Site::build(Input { documents, site_file, ..Input::default() });
        self.snapshot = self.indexer.update(&self.site).expect("an index in memory");
    }

    fn ask(&self, query: &Query) -> Results {
        self.snapshot.search(&self.site, query)
    }

    fn search(&self, text: &str) -> Results {
        self.ask(&query(&[("q", text), ("limit", "50")]))
    }

    fn hrefs(&self, text: &str) -> Vec<String> {
        hrefs(&self.search(text))
    }

    fn first(&self, text: &str) -> Hit {
        self.search(text).hits.into_iter().next().unwrap_or_else(|| panic!("{text} has a hit"))
    }
}

fn read(path: &str, text: &str) -> (DocPath, Arc<Document>) {
    let path = DocPath::new(path);
    (path.clone(), Arc::new(Document::read(path, text.to_owned())))
}

fn build(files: &BTreeMap<DocPath, Arc<Document>>) -> Site {
    Site::build(Input { documents: files.clone(), ..Input::default() })
}

fn query(pairs: &[(&str, &str)]) -> Query {
    Query::from_pairs(pairs.iter().map(|(key, value)| (Cow::Borrowed(*key), Cow::Borrowed(*value))))
}

fn hrefs(results: &Results) -> Vec<String> {
    results.hits.iter().map(|hit| hit.href.clone()).collect()
}

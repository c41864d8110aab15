//! Handlers for people: pages, their Markdown, the comparison, the search, files, and what is not there.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Body as HttpBody;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use percent_encoding::percent_decode_str;
use tokio::sync::mpsc;

use super::machines::{self, asked_at};
use super::pieces;
use super::response::{self, CachePolicy, Head, prefers_markdown, redirect, respond, respond_in_pieces};
use crate::choose::{Answer, Question};
use crate::edition::{Asked, AssetFile, Body, Edition, EditionStore};
use crate::matrix::{Matrix, Selection};
use crate::search::Query;
use crate::site::{Category, PageId, Site, encode_path};
use crate::views::{self, Chrome, Piece};

/// How many pages a 404 suggests.
const SUGGESTIONS: usize = 5;

/// How many pieces of a page wait to be sent.
const WAITING_PIECES: usize = 4;

pub(super) type Store = State<Arc<EditionStore>>;

/// Answers everything that has no route of its own.
pub async fn any_page(State(store): Store, uri: Uri, headers: HeaderMap) -> Response<HttpBody> {
    let edition = store.current();
    let path = canonical(uri.path());
    if let Some(file) = edition.statics.file(&path) {
        let head = Head { content_type: file.content_type, cache: CachePolicy::Forever, ..Head::HTML };
        return respond(&headers, head, &file.body);
    }
    if let Some(page) = edition.site.page_at(&path) {
        return match words_to_mark(&uri).filter(|_| !prefers_markdown(&headers)) {
            Some(words) => marked_page(&edition, page, words, &headers).await,
            None => document_page(&edition, page, &headers).await,
        };
    }
    if let Some((category, form)) = made_for(&edition.site, &path, "compare") {
        return match (form, Part::asked_for(&uri)) {
            (Form::Page, None) => compared_page(&edition, category.page, &uri, &headers).await,
            (Form::Page, Some(part)) => compared_part(&edition, category, part, &uri, &headers),
            (Form::Data(format), _) => compared_data(&edition.site, category, format, &uri, &headers),
        };
    }
    if let Some((category, form)) = made_for(&edition.site, &path, "choose") {
        return choose(&edition, category, form, &uri, &headers);
    }
    if let Some(answer) = machines::answer(&edition, &path, &headers).await {
        return answer;
    }
    if let Some(answer) = evidence(&edition, &path, &uri, &headers) {
        return answer;
    }
    if let Some(page) = path.strip_suffix(".md").and_then(|bare| twin_of(&edition.site, bare))
        && let Some(twin) = edition.twin(page)
    {
        return respond(&headers, Head::MARKDOWN, twin);
    }
    if let Some(file) = edition.file(&Site::asset_path(&path)) {
        return asset(&edition, Arc::clone(file), &headers).await;
    }
    moved(&edition, &path, &uri).unwrap_or_else(|| not_found(&edition, &path, &headers))
}

/// The results page, or only the results where the panel asks for them.
pub async fn search_page(State(store): Store, uri: Uri, headers: HeaderMap) -> Response<HttpBody> {
    let edition = store.current();
    let query = Query::from_pairs(pairs(&uri));
    let results = edition.search.search(&edition.site, &query);
    let fragment = has_flag(&uri, "fragment");
    if let Some(misses) = store.misses() {
        misses.note(&query.text, if fragment { Asked::AsTyped } else { Asked::Whole }, results.total > 0);
    }
    let html = if fragment {
        views::search_results(&edition.chrome(), &results)
    } else {
        views::search_page(&edition.chrome(), &results)
    };
    respond(&headers, Head::HTML, &Body::new(html))
}

/// What authors want to know of the site while they work: how far it is, what is wrong, what nobody finds.
pub async fn status_page(State(store): Store, headers: HeaderMap) -> Response<HttpBody> {
    let edition = store.current();
    let Some(misses) = store.misses() else { return not_found(&edition, "/_status", &headers) };
    let misses: Vec<_> = misses.list().into_iter().map(|miss| (miss.words, miss.count)).collect();
    let html = views::status_page(&edition.chrome(), &misses);
    respond(&headers, Head { cache: CachePolicy::Never, ..Head::HTML }, &Body::new(html))
}

/// The program runs.
pub async fn health() -> &'static str {
    "ok\n"
}

/// There is an edition to serve, and the program is not stopping.
pub async fn readiness(State(store): Store) -> (StatusCode, String) {
    if store.is_closing() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n".to_owned());
    }
    (StatusCode::OK, format!("edition {}\n", store.current().generation))
}

async fn document_page(edition: &Arc<Edition>, page: PageId, headers: &HeaderMap) -> Response<HttpBody> {
    if prefers_markdown(headers)
        && let Some(twin) = edition.twin(page)
    {
        return respond(headers, Head { negotiated: true, ..Head::MARKDOWN }, twin);
    }
    if !edition.is_rendered(page) {
        let rendering = Arc::clone(edition);
        // Rendering is work for the processor: it leaves the threads that answer requests.
        let rendered = tokio::task::spawn_blocking(move || _ = rendering.page(page)).await;
        if rendered.is_err() {
            return fault(edition, headers);
        }
    }
    respond(headers, Head::PAGE, edition.page(page))
}

/// The page with words marked in it, as a search led to it.
async fn marked_page(edition: &Arc<Edition>, page: PageId, words: String, headers: &HeaderMap) -> Response<HttpBody> {
    let rendering = Arc::clone(edition);
    let marked = tokio::task::spawn_blocking(move || {
        let html = String::from_utf8_lossy(rendering.page(page).identity()).into_owned();
        Body::new(views::marked(&html, &mut rendering.search.words(&words)))
    });
    match marked.await {
        Ok(body) => respond(headers, Head::PAGE, &body),
        Err(_) => fault(edition, headers),
    }
}

/// What a comparison or a choice is asked for as.
#[derive(Clone, Copy)]
enum Form {
    Page,
    Data(Format),
}

#[derive(Clone, Copy)]
enum Format {
    Csv,
    Json,
    Markdown,
}

/// The category whose comparison, or whose choice, a path names, and in which form.
fn made_for<'s>(site: &'s Site, path: &str, name: &str) -> Option<(&'s Category, Form)> {
    let forms = [
        ("/", Form::Page),
        (".csv", Form::Data(Format::Csv)),
        (".json", Form::Data(Format::Json)),
        (".md", Form::Data(Format::Markdown)),
    ];
    let find = |(end, form): (&str, Form)| Some((path.strip_suffix(end)?.strip_suffix(name)?, form));
    let (base, form) = forms.into_iter().find_map(find)?;
    site.category_at(base).map(|category| (category, form))
}

/// What of a comparison's page can be asked for by itself.
#[derive(Clone, Copy)]
enum Part {
    /// What a change of the selection changes.
    Fragment,
    /// Where its columns and rows stand.
    Order,
    /// The table for a frame of another site.
    Embed,
}

impl Part {
    fn asked_for(uri: &Uri) -> Option<Self> {
        let parts = [("fragment", Self::Fragment), ("order", Self::Order), ("embed", Self::Embed)];
        parts.into_iter().find_map(|(flag, part)| has_flag(uri, flag).then_some(part))
    }
}

/// The comparison as data.
fn compared_data(
    site: &Site,
    category: &Category,
    format: Format,
    uri: &Uri,
    headers: &HeaderMap,
) -> Response<HttpBody> {
    let (selection, matrix) = compared(site, category, uri);
    let (head, text) = match format {
        Format::Csv => (Head::CSV, matrix.to_csv()),
        Format::Json => (Head::JSON, matrix.to_json(&selection).to_string()),
        Format::Markdown => (Head::MARKDOWN, matrix.to_markdown(&selection)),
    };
    respond(headers, head, &Body::once(text))
}

/// A part of the comparison's page.
fn compared_part(
    edition: &Edition,
    category: &Category,
    part: Part,
    uri: &Uri,
    headers: &HeaderMap,
) -> Response<HttpBody> {
    let (selection, matrix) = compared(&edition.site, category, uri);
    let asked_at = asked_at(headers);
    let chrome = Chrome { asked_at: &asked_at, ..edition.chrome() };
    // The edition whose cells the client has.
    let held = pairs(uri).find_map(|(name, value)| (name == "held").then_some(value));
    match part {
        Part::Fragment => {
            let html = views::compare_fragment(&chrome, category, &selection, &matrix, held.as_deref());
            respond(headers, Head::HTML, &Body::once(html))
        }
        Part::Order => {
            let json = views::compare_order(&chrome, category, &selection, &matrix, held.as_deref());
            respond(headers, Head::JSON, &Body::once(json))
        }
        Part::Embed => {
            let html = views::compare_embed(&chrome, category, &selection, &matrix);
            response::with_embed_policy(respond(headers, Head::HTML, &Body::once(html)))
        }
    }
}

/// What an address selects of a category, and the matrix of it.
pub(super) fn compared<'s>(site: &'s Site, category: &'s Category, uri: &Uri) -> (Selection, Matrix<'s>) {
    let selection = Selection::from_pairs(site, category, pairs(uri));
    let matrix = Matrix::build(site, category, &selection);
    (selection, matrix)
}

/// The comparison as a page; a large one is sent while it is made.
async fn compared_page(edition: &Arc<Edition>, page: PageId, uri: &Uri, headers: &HeaderMap) -> Response<HttpBody> {
    let made_from = format!("{} {uri}", edition.generation.name());
    if let Some(answer) = response::unchanged(headers, Head::HTML, &made_from) {
        return answer;
    }
    let (sender, mut receiver) = mpsc::channel::<Piece>(WAITING_PIECES);
    let (making, asked, asked_at) = (Arc::clone(edition), uri.clone(), asked_at(headers));
    tokio::task::spawn_blocking(move || {
        let site = &making.site;
        let category = site.category_of(page).expect("the comparison of a category");
        let (selection, matrix) = compared(site, category, &asked);
        let chrome = Chrome { asked_at: &asked_at, ..making.chrome() };
        views::compare_page(&chrome, category, &selection, &matrix, |piece| pieces::hand_over(piece, &sender));
    });
    match receiver.recv().await {
        None => fault(edition, headers),
        Some(Piece { html, is_last: true }) => respond(headers, Head::HTML, &Body::once(html)),
        Some(first) => {
            respond_in_pieces(headers, Head::HTML, &made_from, |encoder| pieces::body(first, receiver, encoder))
        }
    }
}

fn choose(edition: &Edition, category: &Category, form: Form, uri: &Uri, headers: &HeaderMap) -> Response<HttpBody> {
    let site = &edition.site;
    let question = Question::from_pairs(site, category, pairs(uri));
    let answer = Answer::to(site, category, &question);
    let (head, text) = match form {
        Form::Page if has_flag(uri, "fragment") => {
            (Head::HTML, views::choose_fragment(&edition.chrome(), category, &question, &answer))
        }
        Form::Page => (Head::HTML, views::choose_page(&edition.chrome(), category, &question, &answer)),
        Form::Data(Format::Csv) => (Head::CSV, answer.to_csv(category)),
        Form::Data(Format::Json) => (Head::JSON, answer.to_json(site, category, &question).to_string()),
        Form::Data(Format::Markdown) => (Head::MARKDOWN, answer.to_markdown(site, category, &question)),
    };
    respond(headers, head, &Body::once(text))
}

/// What the engine makes of a category besides its comparison: sources, completeness, tables.
fn evidence(edition: &Edition, path: &str, uri: &Uri, headers: &HeaderMap) -> Option<Response<HttpBody>> {
    let site = &edition.site;
    if let Some(table) = site.table_at(path) {
        let sort = pairs(uri).find_map(|(name, value)| (name == "sort").then(|| value.into_owned()));
        let html = views::data_page(&edition.chrome(), table, sort.as_deref());
        return Some(respond(headers, Head::HTML, &Body::new(html)));
    }
    if let Some(category) = path.strip_suffix("sources/").and_then(|base| site.category_at(base)) {
        return Some(respond(headers, Head::HTML, &Body::new(views::sources_page(&edition.chrome(), category))));
    }
    let category = site.category_at(path.strip_suffix("completeness.json")?)?;
    Some(respond(headers, Head::JSON, &Body::new(site.completeness_json(category).to_string())))
}

fn twin_of(site: &Site, bare: &str) -> Option<PageId> {
    if bare == "/index" {
        return Some(0);
    }
    site.page_at(&format!("{bare}/"))
}

async fn asset(edition: &Edition, file: Arc<AssetFile>, headers: &HeaderMap) -> Response<HttpBody> {
    if !file.is_loaded() {
        let file = Arc::clone(&file);
        let _ = tokio::task::spawn_blocking(move || file.body().is_some()).await;
    }
    match file.body() {
        Some(body) => {
            let head = Head { content_type: file.content_type(), ..Head::HTML };
            response::with_file_policy(respond(headers, head, body))
        }
        None => fault(edition, headers),
    }
}

/// Where a path has gone: old names, a missing closing slash, `index.html`.
fn moved(edition: &Edition, path: &str, uri: &Uri) -> Option<Response<HttpBody>> {
    let site = &edition.site;
    if path == "/favicon.ico" {
        return Some(redirect(&edition.statics.urls.icon));
    }
    let bare = path.strip_suffix("index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
    let closed = format!("{}/", bare.trim_end_matches('/'));
    let page = site.page_at(&closed).or_else(|| site.redirects.get(&closed).copied());
    let target = match page {
        Some(page) => site.pages[page].url.clone(),
        None if ["compare", "choose"].iter().any(|name| made_for(site, &closed, name).is_some()) => closed,
        None if site.table_at(&closed).is_some() => closed,
        None if closed.strip_suffix("sources/").is_some_and(|base| site.category_at(base).is_some()) => closed,
        None if closed == "/search/" => "/search".to_owned(),
        None => return None,
    };
    Some(redirect(&uri.query().map_or(target.clone(), |query| format!("{target}?{query}"))))
}

fn not_found(edition: &Edition, path: &str, headers: &HeaderMap) -> Response<HttpBody> {
    let site = &edition.site;
    let shown = percent_decode_str(path).decode_utf8_lossy();
    let mut nearest: Vec<(String, String)> = site
        .nearest_pages(path, SUGGESTIONS)
        .into_iter()
        .map(|page| (site.pages[page].url.clone(), site.pages[page].title.clone()))
        .collect();
    let words = shown.replace(['/', '-', '_', '.'], " ");
    for found in edition.search.suggest_pages(site, words.trim(), SUGGESTIONS) {
        if nearest.len() < SUGGESTIONS && !nearest.iter().any(|(href, _)| *href == found.0) {
            nearest.push(found);
        }
    }
    let html = views::not_found(&edition.chrome(), path, &nearest);
    respond(headers, Head { cache: CachePolicy::Never, ..Head::HTML.status(StatusCode::NOT_FOUND) }, &Body::new(html))
}

fn fault(edition: &Edition, headers: &HeaderMap) -> Response<HttpBody> {
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    let html =
        views::fault(&edition.chrome(), status.as_u16(), "This page could not be made. The cause is in the log.");
    respond(headers, Head { cache: CachePolicy::Never, ..Head::HTML.status(status) }, &Body::new(html))
}

/// The path with each character encoded in the one way the site uses.
fn canonical(path: &str) -> String {
    encode_path(&percent_decode_str(path).decode_utf8_lossy())
}

pub(super) fn pairs(uri: &Uri) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
}

fn words_to_mark(uri: &Uri) -> Option<String> {
    pairs(uri).find_map(|(name, value)| (name == "mark" && !value.trim().is_empty()).then(|| value.into_owned()))
}

/// Whether the query has a key with the value 1.
fn has_flag(uri: &Uri, key: &str) -> bool {
    pairs(uri).any(|(name, value)| name == key && value == "1")
}

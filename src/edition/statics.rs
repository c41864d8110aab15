//! The program's own style sheet, scripts and icon: compiled in, hashed once, named by their hash.

use std::collections::HashMap;
use std::sync::OnceLock;

use rust_embed::RustEmbed;
use xxhash_rust::xxh3::xxh3_64;

use super::Body;
use crate::views::AssetUrls;

/// The style sheets in the order in which they are joined to one.
const STYLE_SHEETS: [&str; 8] = [
    "tokens.css",
    "layout.css",
    "content.css",
    "components.css",
    "compare.css",
    "evidence.css",
    "search.css",
    "print.css",
];

#[derive(RustEmbed)]
#[folder = "static/"]
struct Embedded;

/// All static files by URL path.
#[derive(Debug)]
pub struct Statics {
    /// Addresses that pages link to.
    pub urls: AssetUrls,
    files: HashMap<String, StaticFile>,
}

/// One static file.
#[derive(Debug)]
pub struct StaticFile {
    /// Its bytes.
    pub body: Body,
    /// Its content type.
    pub content_type: &'static str,
}

impl Statics {
    /// The files of this program; made when first asked for, the same ever after.
    pub fn get() -> &'static Self {
        static STATICS: OnceLock<Statics> = OnceLock::new();
        STATICS.get_or_init(Self::build)
    }

    /// The file at a URL path.
    pub fn file(&self, url: &str) -> Option<&StaticFile> {
        self.files.get(url)
    }

    fn build() -> Self {
        let mut files = HashMap::new();
        let mut add = |name: &str, text: String, content_type: &'static str| {
            let url = hashed(name, xxh3_64(text.as_bytes()));
            files.insert(url.clone(), StaticFile { body: Body::lasting(text), content_type });
            url
        };
        let css = add(
            "site.css",
            STYLE_SHEETS.map(|name| without_layout(&text_of(name))).concat(),
            "text/css; charset=utf-8",
        );
        let icon = add("icon.svg", text_of("icon.svg"), "image/svg+xml");
        let scripts: Vec<_> =
            Embedded::iter().filter(|name| name.ends_with(".js")).map(|name| (name.clone(), text_of(&name))).collect();
        // One hash for all scripts: they import one another, so a change to one changes what the others mean.
        let hash = xxh3_64(scripts.iter().map(|(_, text)| text.as_str()).collect::<String>().as_bytes());
        let mut script = String::new();
        for (name, text) in &scripts {
            let imported = scripts.iter().fold(text.clone(), |text, (other, _)| {
                text.replace(&format!("\"./{other}\""), &format!("\"./{}\"", hashed_name(other, hash)))
            });
            let url = hashed(name, hash);
            files.insert(
                url.clone(),
                StaticFile { body: Body::lasting(imported), content_type: "text/javascript; charset=utf-8" },
            );
            if name == "main.js" {
                script = url;
            }
        }
        Self { urls: AssetUrls { css, script, icon }, files }
    }
}

/// A style sheet without indents, empty lines and lines that only comment.
fn without_layout(css: &str) -> String {
    let lines = css.lines().map(str::trim);
    let is_comment = |line: &str| line.starts_with("/*") && line.ends_with("*/") && line.matches("*/").count() == 1;
    lines.filter(|line| !line.is_empty() && !is_comment(line)).flat_map(|line| [line, "\n"]).collect()
}

fn text_of(name: &str) -> String {
    let file = Embedded::get(name).unwrap_or_else(|| panic!("static/{name} is compiled in"));
    String::from_utf8_lossy(&file.data).into_owned()
}

fn hashed(name: &str, hash: u64) -> String {
    format!("/static/{}", hashed_name(name, hash))
}

fn hashed_name(name: &str, hash: u64) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    format!("{stem}.{hash:016x}.{extension}")
}

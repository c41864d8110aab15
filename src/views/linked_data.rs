//! Pages as schema.org describes them: an article, and the way down to it.

use serde_json::{Value, json};

use super::frame::Frame;

/// The article and its breadcrumbs as JSON-LD; `None` for pages that are not to be found by others.
pub(super) fn of_frame(frame: &Frame<'_>) -> Option<String> {
    let url = frame.url.as_ref()?;
    let site = frame.chrome.site;
    let base = frame.chrome.canonical_base.unwrap_or_default();
    let mut article = json!({
        "@type": "TechArticle",
        "headline": frame.title,
        "description": frame.description,
        "url": format!("{base}{url}"),
        "inLanguage": "en",
        "isPartOf": { "@type": "WebSite", "name": site.title(), "url": format!("{base}/") },
    });
    let standing = frame.standing().unwrap_or_default();
    if let Some(changed) = standing.changed {
        article["dateModified"] = Value::from(changed.at);
        article["author"] = person(changed.author);
    }
    if let Some(read) = standing.read {
        article["lastReviewed"] = Value::from(read.last);
        if let Some(by) = read.by {
            article["reviewedBy"] = person(by);
        }
    }
    if let Some(picture) = frame.picture() {
        article["image"] = Value::from(picture);
    }
    let crumbs = frame.crumbs();
    let own = [(url.as_str(), frame.crumb_title())];
    let way = crumbs.iter().map(|crumb| (crumb.href, crumb.title)).chain(own).enumerate().map(|(at, (href, name))| {
        json!({ "@type": "ListItem", "position": at + 1, "name": name, "item": format!("{base}{href}") })
    });
    let mut graph = vec![article];
    if !crumbs.is_empty() {
        graph.push(json!({ "@type": "BreadcrumbList", "itemListElement": way.collect::<Vec<_>>() }));
    }
    Some(in_script(&json!({ "@context": "https://schema.org", "@graph": graph })))
}

fn person(name: &str) -> Value {
    json!({ "@type": "Person", "name": name })
}

/// JSON in which no character can end the `script` element that it stands in.
pub(super) fn in_script(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

//! The comparison for programs, and its description.

use axum::http::StatusCode;

use super::site;

#[test]
fn the_api_gives_what_the_page_exports_and_is_described() {
    let site = site();
    let api = site.get("/api/compare/toys?f=b-quill,a-zorble&must=Wheels:yes");
    assert_eq!(api.header("content-type"), "application/json");
    assert_eq!(api.bytes, site.get("/toys/compare.json?f=b-quill,a-zorble&must=Wheels:yes").bytes);
    assert_eq!(site.get("/api/compare/nothing").status, StatusCode::NOT_FOUND);
    let described: serde_json::Value = serde_json::from_slice(&site.get("/api/openapi.json").bytes).expect("JSON");
    let get = &described["paths"]["/api/compare/{category}"]["get"];
    let body = &get["responses"]["200"]["content"]["application/json"]["schema"];
    let answer: serde_json::Value = serde_json::from_slice(&api.bytes).expect("JSON");
    assert_described(body, &answer, "answer");
    let whole: serde_json::Value = serde_json::from_slice(&site.get("/api/compare/toys").bytes).expect("JSON");
    assert_described(body, &whole, "answer");
    let names: Vec<_> =
        get["parameters"].as_array().expect("a list").iter().map(|parameter| parameter["name"].as_str()).collect();
    assert_eq!(names, ["category", "f", "c", "r", "only", "must", "q", "sort"].map(Some));
}

/// Fails where a value has a key that its description does not know, or lacks one it requires.
fn assert_described(schema: &serde_json::Value, value: &serde_json::Value, place: &str) {
    match value {
        serde_json::Value::Array(items) => {
            items.iter().for_each(|item| assert_described(&schema["items"], item, place));
        }
        serde_json::Value::Object(entries) => {
            for name in schema["required"].as_array().into_iter().flatten().filter_map(|name| name.as_str()) {
                assert!(entries.contains_key(name), "{place} has {name}");
            }
            for (name, entry) in entries {
                let known = schema["properties"].get(name).or_else(|| schema.get("additionalProperties"));
                let known = known.unwrap_or_else(|| panic!("{place}.{name} is not described"));
                assert_described(known, entry, &format!("{place}.{name}"));
            }
        }
        _ => {}
    }
}

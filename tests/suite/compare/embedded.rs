//! The table alone, in a frame of another site.

use super::{INDEX, QUILL, ZORBLE, site};
use crate::support::TestSite;

#[test]
fn the_table_alone_can_be_shown_in_a_frame_of_any_site_and_runs_nothing() {
    let answer = site().get("/toys/compare/?f=a-zorble,b-quill&embed=1");
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("frame-ancestors *") && !policy.contains("script-src"), "{policy}");
    let page = answer.dom();
    assert_eq!((page.count("table.matrix"), page.count("form"), page.count("script")), (1, 0, 0));
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
    assert_eq!(page.attributes("p.quiet a", "href"), ["/toys/compare/?f=a-zorble,b-quill"]);
    let whole = site().get("/toys/compare/?f=a-zorble,b-quill");
    assert!(whole.header("content-security-policy").contains("frame-ancestors 'none'"));
}

#[test]
fn the_code_to_embed_holds_the_whole_address_of_the_table() {
    let code = |site: &TestSite, host: &str| {
        site.send("/toys/compare/?f=a-zorble,b-quill", &[("host", host)]).dom().text("#fg-embed code")
    };
    let holds = |base: &str| format!("src=\"{base}/toys/compare/?f=a-zorble,b-quill&embed=1\"");
    let unpublished = site();
    let asked = code(&unpublished, "guide.example:8080");
    assert!(asked.contains(&holds("http://guide.example:8080")), "{asked}");
    assert!(code(&unpublished, "x\"><y").contains(&holds("http://127.0.0.1:3000")), "only a host is believed");
    let published = TestSite::of(&[
        ("site.toml", "base_url = \"https://guide.example.org/\"\n"),
        ("toys/index.md", INDEX),
        ("toys/a-zorble.md", ZORBLE),
        ("toys/b-quill.md", QUILL),
    ]);
    let code = published.send("/toys/compare/?f=b-quill,a-zorble", &[("host", "elsewhere.example")]).dom();
    let code = code.text("#fg-embed code");
    assert!(code.contains("src=\"https://guide.example.org/toys/compare/?f=b-quill,a-zorble&embed=1\""), "{code}");
}

#[test]
fn a_table_in_a_frame_says_who_is_left_out() {
    let site = site();
    let page = site.page("/toys/compare/?must=Wheels:yes&embed=1");
    assert_eq!(page.texts(".left-out li"), ["Quill: not “Wheels: yes”, but “No”"]);
    let nobody = site.page("/toys/compare/?must=Maker:not+hands&f=a-zorble,b-quill&embed=1");
    assert_eq!((nobody.count(".matrix"), nobody.count(".left-out li")), (0, 2));
    assert!(nobody.text(".empty").contains("No framework has all"));
    let nothing = site.page("/toys/compare/?q=xylophone&embed=1");
    assert_eq!((nothing.count("h1"), nothing.count(".matrix")), (1, 0));
    assert_eq!(nothing.text(".empty"), "No row is left.");
}

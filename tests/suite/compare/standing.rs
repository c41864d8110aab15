//! Where a framework stands among the others, on the pages that tell it.

use super::site;

#[test]
fn strengths_and_weaknesses_are_told_on_the_pages_of_category_and_framework() {
    let site = site();
    let zorble = site.page("/toys/a-zorble/");
    assert_eq!(zorble.texts(".standing .strength"), ["highest of two in Speed"]);
    assert_eq!(zorble.texts(".standing .weakness"), [""; 0], "two of three share the lowest in Charm");
    assert_eq!(zorble.texts("table.field tbody th"), ["Speed", "Charm"]);
    assert_eq!(zorble.attributes("table.field tr:first-child td a.own", "title"), ["Zorble"]);
    let category = site.page("/toys/");
    assert_eq!(category.texts(".standings dt"), ["Zorble", "Quill"]);
    assert_eq!(category.texts("table.field tbody tr:first-child .unrated a"), ["Tumbrook"]);
    assert_eq!(category.attributes(".ways a", "href"), ["/toys/compare/", "/toys/choose/"]);
}

//! `fieldguide compare`.

use super::site;
use crate::support::TestSite;

/// What `fieldguide compare` prints, and its exit code.
fn run(site: &TestSite, arguments: &[&str]) -> (String, String, Option<i32>) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fieldguide"));
    let output = command.env_clear().arg("compare").args(arguments).arg("--content").arg(site.path()).output();
    let output = output.expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn the_terminal_prints_what_the_pages_export() {
    let site = site();
    let url = "f=b-quill,a-zorble&c=speed&only=differences&sort=name";
    let options = ["toys", "b-quill", "a-zorble", "--criteria", "speed", "--only", "differences", "--sort", "name"];
    for (format, path) in [("md", "compare.md"), ("csv", "compare.csv"), ("json", "compare.json")] {
        let (printed, _, code) = run(&site, &[&options[..], &["--format", format]].concat());
        assert_eq!(code, Some(0));
        assert_eq!(printed.trim_end(), site.get(&format!("/toys/{path}?{url}")).text().trim_end(), "{format}");
    }
    let (printed, said, _) =
        run(&site, &["toys", "--rows", "speed.wheels", "--must", "Wheels: yes", "--format", "csv"]);
    assert_eq!(printed, "criterion,fact,Zorble,Tumbrook\nSpeed,Wheels,Yes,not researched\n");
    assert_eq!(said, "left out: Quill: not “Wheels: yes”, but “No”\n");
}

#[test]
fn in_the_terminal_a_name_that_is_not_known_is_a_mistake() {
    let site = site();
    for (arguments, says) in [
        (&["cars"][..], "there is no category \"cars\"; there are: toys"),
        (&["toys", "zorbel"], "There is no framework \"zorbel\" here."),
        (&["toys", "--must", "Colour: red"], "is no must-have that can be checked here."),
        (&["toys", "--weights", "speed=99"], "\"99\" is no weight from 0 to 10."),
        (&["toys", "--situation", "x"], "there is no situation \"x\""),
        (&["toys", "a-zorble", "--weights", "speed=2"], "a ranking takes in all frameworks"),
    ] {
        let (printed, said, code) = run(&site, arguments);
        assert_eq!((printed.as_str(), code), ("", Some(2)), "{arguments:?}");
        assert!(said.contains(says), "{said}");
    }
}

//! Raw events of the file system to the set of files that may have changed. Pure, and tested as such.
//!
//! Editors save in many ways: in place, by a temporary file and a rename, by deleting and writing anew.
//! The rule is to look at the paths, not at the story the events tell: whatever was touched is read
//! again, and whatever may have been a folder makes the whole folder be listed again.

use std::collections::BTreeSet;
use std::path::Path;

use notify::EventKind;
use notify::event::{CreateKind, Event, MetadataKind, ModifyKind, RemoveKind};

use crate::content::source::{self, SITE_FILE};
use crate::edition::Changes;
use crate::ids::DocPath;

/// What the events ask to be read again; `None` when nothing of the content was touched.
///
/// `is_folder` tells whether a path is a folder now.
pub fn changes(root: &Path, events: &[Event], is_folder: impl Fn(&Path) -> bool) -> Option<Changes> {
    let mut files = BTreeSet::new();
    for event in events {
        if event.need_rescan() {
            return Some(Changes::Everything);
        }
        if !matters(&event.kind) {
            continue;
        }
        for path in &event.paths {
            match touched(root, path, &event.kind, &is_folder) {
                Touched::Nothing => {}
                Touched::File(file) => {
                    files.insert(file);
                }
                Touched::Folder => return Some(Changes::Everything),
            }
        }
    }
    (!files.is_empty()).then_some(Changes::Files(files))
}

enum Touched {
    Nothing,
    File(DocPath),
    Folder,
}

fn matters(kind: &EventKind) -> bool {
    !matches!(kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)))
}

fn touched(root: &Path, path: &Path, kind: &EventKind, is_folder: impl Fn(&Path) -> bool) -> Touched {
    let Ok(relative) = path.strip_prefix(root) else { return Touched::Nothing };
    if relative.as_os_str().is_empty() {
        return Touched::Folder;
    }
    let Some(relative) = relative.to_str() else { return Touched::Nothing };
    if relative.split('/').any(|segment| segment.starts_with('.')) {
        return Touched::Nothing;
    }
    let file = DocPath::new(relative);
    let is_content = source::is_markdown(relative) || source::asset_type(&file).is_some() || relative == SITE_FILE;
    match kind {
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => Touched::Folder,
        _ if is_content && !is_folder(path) => Touched::File(file),
        EventKind::Modify(ModifyKind::Name(_))
        | EventKind::Create(CreateKind::Any)
        | EventKind::Remove(RemoveKind::Any)
            if is_folder(path) || (!path.exists() && !relative.ends_with('~')) =>
        {
            Touched::Folder
        }
        _ => Touched::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use notify::event::{AccessKind, DataChange, RenameMode};

    use super::*;

    fn event(kind: EventKind, paths: &[&str]) -> Event {
        paths.iter().fold(Event::new(kind), |event, path| event.add_path(PathBuf::from("/content").join(path)))
    }

    fn read_again(events: &[Event]) -> Option<Changes> {
        changes(Path::new("/content"), events, |path| path.ends_with("folder"))
    }

    fn files(paths: &[&str]) -> Option<Changes> {
        Some(Changes::Files(paths.iter().map(|path| DocPath::new(path)).collect()))
    }

    const WRITE: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const RENAME: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::Both));

    #[test]
    fn a_save_in_place_reads_that_file_again() {
        assert_eq!(read_again(&[event(WRITE, &["a/b.md"]), event(WRITE, &["a/b.md"])]), files(&["a/b.md"]));
    }

    #[test]
    fn an_atomic_save_reads_the_target_again() {
        let from_hidden = event(RENAME, &["a/.b.md.swp", "a/b.md"]);
        assert_eq!(
            read_again(&[event(EventKind::Create(CreateKind::File), &["a/.b.md.swp"]), from_hidden]),
            files(&["a/b.md"])
        );
    }

    #[test]
    fn opening_a_file_or_writing_a_backup_changes_nothing() {
        assert_eq!(read_again(&[event(EventKind::Access(AccessKind::Any), &["a.md"])]), None);
        assert_eq!(read_again(&[event(WRITE, &["a.md~", ".git/index", "notes.docx"])]), None);
    }

    #[test]
    fn folders_and_lost_events_list_everything_again() {
        assert_eq!(read_again(&[event(EventKind::Create(CreateKind::Folder), &["folder"])]), Some(Changes::Everything));
        assert_eq!(read_again(&[event(RENAME, &["old", "folder"])]), Some(Changes::Everything));
        assert_eq!(read_again(&[event(EventKind::Remove(RemoveKind::Folder), &[""])]), Some(Changes::Everything));
        let lost = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        assert_eq!(read_again(&[lost]), Some(Changes::Everything));
    }
}

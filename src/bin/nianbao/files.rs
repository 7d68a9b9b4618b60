//! From the files and folders of a call to the files that are read.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Endings of files that may hold a report. In a folder, others are skipped and counted; a file
/// without an ending is tried, and so is every file that the call names.
const READABLE: [&str; 26] = [
    "json", "html", "htm", "xhtml", "shtml", "mhtml", "mht", "md", "markdown", "txt", "text", "tsv", "csv", "xml",
    "docx", "docm", "doc", "wps", "xlsx", "xlsm", "xls", "et", "ods", "pdf", "rtf", "ofd",
];
/// The longest ending. What follows the last point of “1.某镇年报” is no ending.
const LONGEST_ENDING: usize = 8;

/// What a call means, in the order of its arguments, a folder's files by path.
#[derive(Debug, Default)]
pub struct Gathered {
    pub files: Vec<File>,
    /// How many files of the folders were skipped, by ending; none is the empty one.
    pub skipped: BTreeMap<String, usize>,
    /// Folders in which there is nothing to read.
    pub empty: Vec<PathBuf>,
    /// Whether a folder is among the arguments.
    pub has_folder: bool,
}

/// A file to be read, or a folder that cannot be opened.
#[derive(Debug)]
pub struct File {
    pub path: PathBuf,
    pub closed: Option<io::Error>,
}

/// The files that arguments mean, each once. `-` is standard input.
pub fn gather(arguments: &[PathBuf]) -> Gathered {
    let mut gathered = Gathered::default();
    for argument in arguments {
        if argument != Path::new("-") && argument.is_dir() {
            gathered.add_folder(argument);
        } else {
            gathered.files.push(File { path: argument.clone(), closed: None });
        }
    }
    let mut seen = HashSet::new();
    gathered.files.retain(|file| seen.insert(file.path.clone()));
    gathered
}

impl Gathered {
    fn add_folder(&mut self, folder: &Path) {
        self.has_folder = true;
        let walk = Walk::through(folder);
        if walk.files.is_empty() {
            self.empty.push(folder.to_owned());
        }
        self.files.extend(walk.files);
        for (ending, count) in walk.skipped {
            *self.skipped.entry(ending).or_default() += count;
        }
    }
}

/// A way through a folder and what lies below it. Links are followed last, and only to what was
/// not come across before: so a link never leads in a circle, and no file is read twice.
#[derive(Debug, Default)]
struct Walk {
    folders: Vec<Place>,
    links: BTreeSet<PathBuf>,
    /// What was come across, by its real path.
    seen: HashSet<PathBuf>,
    files: Vec<File>,
    skipped: BTreeMap<String, usize>,
}

/// Where something stands: as it is shown, and without links.
#[derive(Debug)]
struct Place {
    shown: PathBuf,
    real: PathBuf,
}

impl Walk {
    fn through(folder: &Path) -> Walk {
        let mut walk = Walk::default();
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        walk.folders.push(Place { shown: folder.to_owned(), real });
        loop {
            if let Some(folder) = walk.folders.pop() {
                walk.list(&folder);
            } else if let Some(link) = walk.links.pop_first() {
                walk.follow(link);
            } else {
                break;
            }
        }
        walk.files.sort_by(|one, other| one.path.cmp(&other.path));
        walk
    }

    fn list(&mut self, folder: &Place) {
        if !self.seen.insert(folder.real.clone()) {
            return;
        }
        let listed = fs::read_dir(&folder.shown).and_then(|entries| {
            for entry in entries {
                self.meet(&entry?, folder)?;
            }
            Ok(())
        });
        if let Err(error) = listed {
            self.files.push(File { path: folder.shown.clone(), closed: Some(error) });
        }
    }

    fn meet(&mut self, entry: &fs::DirEntry, folder: &Place) -> io::Result<()> {
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") {
            return Ok(());
        }
        let place = Place { shown: folder.shown.join(&name), real: folder.real.join(&name) };
        match entry.file_type()? {
            kind if kind.is_symlink() => {
                self.links.insert(place.shown);
            }
            kind if kind.is_dir() => self.folders.push(place),
            kind => self.meet_file(place, kind),
        }
        Ok(())
    }

    /// A link whose end cannot be found counts as a file, so that its fault is told.
    fn follow(&mut self, shown: PathBuf) {
        let end = fs::canonicalize(&shown).and_then(|real| Ok((fs::metadata(&real)?.file_type(), real)));
        match end {
            Ok((kind, real)) if kind.is_dir() => self.folders.push(Place { shown, real }),
            Ok((kind, real)) => self.meet_file(Place { shown, real }, kind),
            Err(_) if is_readable(&shown) => self.files.push(File { path: shown, closed: None }),
            Err(_) => self.skip(&shown),
        }
    }

    /// Only regular files are read: a pipe in a folder would be waited for without end.
    fn meet_file(&mut self, place: Place, kind: fs::FileType) {
        if !kind.is_file() || !is_readable(&place.shown) {
            self.skip(&place.shown);
        } else if self.seen.insert(place.real) {
            self.files.push(File { path: place.shown, closed: None });
        }
    }

    fn skip(&mut self, path: &Path) {
        *self.skipped.entry(ending(path).unwrap_or_default()).or_default() += 1;
    }
}

fn is_readable(path: &Path) -> bool {
    ending(path).is_none_or(|ending| READABLE.contains(&ending.as_str()))
}

/// What a file's name ends with, where that names a kind of file: short, of letters and digits,
/// with a letter among them.
fn ending(path: &Path) -> Option<String> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let is_kind = ending.len() <= LONGEST_ENDING
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
    is_kind.then_some(ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, readable: bool) {
        assert_eq!(is_readable(Path::new(name)), readable, "{name}");
    }

    #[test]
    fn kinds_are_told_by_the_ending() {
        check("某镇2023.JSON", true);
        check("a.htm", true);
        check("某镇2023", true);
        check("1.某镇年报", true);
        check("某镇2023.12", true);
        check("a.PDF", true);
        check("a.zip", false);
        check("a.json.gz", false);
        check("照片.JPG", false);
    }
}

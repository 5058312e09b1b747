//! The folder of uploaded files. A file's name on disk is made here from ids; what a citizen called
//! the file never reaches the disk.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

#[derive(Clone)]
pub struct Blobs {
    kept: PathBuf,
    coming: PathBuf,
}

/// A file that is still being received; it disappears unless it is kept.
pub struct Coming {
    pub path: PathBuf,
}

impl Drop for Coming {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

impl Blobs {
    pub fn open(folder: &Path) -> io::Result<Blobs> {
        let kept = folder.join("files");
        let coming = kept.join("coming");
        fs::create_dir_all(&coming)?;
        Ok(Blobs { kept, coming })
    }

    pub fn start(&self) -> Coming {
        Coming { path: self.coming.join(Uuid::new_v4().to_string()) }
    }

    /// Moves a received file to its place and gives its name there. `of` is a file's reference id.
    pub fn keep(&self, coming: Coming, of: Uuid) -> io::Result<String> {
        let name = Self::name(of);
        fs::rename(&coming.path, self.kept.join(&name))?;
        Ok(name)
    }

    /// Stores bytes made by the portal itself.
    pub fn write(&self, bytes: &[u8], of: Uuid) -> io::Result<String> {
        let name = Self::name(of);
        fs::write(self.kept.join(&name), bytes)?;
        Ok(name)
    }

    /// Each content has its own name, so a file is replaced only when the database says so.
    fn name(of: Uuid) -> String {
        format!("{of}-{:08x}", rand::random::<u32>())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.kept.join(name)
    }

    pub fn forget(&self, name: &str) {
        if !name.is_empty() {
            let _ = fs::remove_file(self.path(name));
        }
    }

    /// Removes what a crash left behind: half-received files and files no row speaks of.
    pub fn sweep(&self, spoken_of: &[String]) -> io::Result<()> {
        let spoken_of: HashSet<&str> = spoken_of.iter().map(String::as_str).collect();
        for entry in fs::read_dir(&self.coming)? {
            let _ = fs::remove_file(entry?.path());
        }
        for entry in fs::read_dir(&self.kept)? {
            let entry = entry?;
            let known = entry.file_name().to_str().is_some_and(|name| spoken_of.contains(name));
            if entry.file_type()?.is_file() && !known {
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(())
    }
}

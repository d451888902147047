//! Where a path of the app leads: into the code package, or to one of the three kinds of local files.

use std::path::PathBuf;

/// What a path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A local file, by its path in the app's folder on the device.
    Local(Area, PathBuf),
    /// A file of the code package, by its path there; empty for the package itself.
    Package(String),
    /// Nothing that the app may see: outside of its folders, or another scheme.
    Outside,
}

/// The kinds of local files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// The app's own folder, `wx.env.USER_DATA_PATH`.
    User,
    /// Files that other APIs made, `wxfile://tmp_...`; read only.
    Temp,
    /// Files that `saveFile` kept, `wxfile://store_...`; read only.
    Saved,
}

/// The scheme of local files.
pub const SCHEME: &str = "wxfile://";

impl Area {
    /// The folder on the device, inside that of the app and user.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::User => "usr",
            Self::Temp => "tmp",
            Self::Saved => "store",
        }
    }
}

/// Where this path leads. `..` may not leave the user folder, and package paths have none.
pub fn resolve(path: &str) -> Place {
    let Some(local) = path.strip_prefix(SCHEME) else {
        return package(path);
    };
    let (first, rest) = local.split_once('/').unwrap_or((local, ""));
    for area in [Area::User, Area::Temp, Area::Saved] {
        let folder = area.folder();
        if first == folder {
            return inside(area, rest);
        }
        let named = area != Area::User && first.strip_prefix(folder).is_some_and(|rest| rest.starts_with('_'));
        if named && rest.is_empty() {
            return inside(area, first);
        }
    }
    Place::Outside
}

fn inside(area: Area, path: &str) -> Place {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => return Place::Outside,
            ".." => {}
            part if part.contains('\0') => return Place::Outside,
            part => parts.push(part),
        }
    }
    Place::Local(area, std::iter::once(area.folder()).chain(parts).collect())
}

fn package(path: &str) -> Place {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    let plain = |part: &str| !matches!(part, "" | "." | "..");
    if path.contains("://") || !(path.is_empty() || path.split('/').all(plain)) {
        return Place::Outside;
    }
    Place::Package(path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_where_the_platform_says() {
        let user = |path: &str| Place::Local(Area::User, path.into());
        for (path, expected) in [
            ("wxfile://usr", user("usr")),
            ("wxfile://usr/a/b.txt", user("usr/a/b.txt")),
            ("wxfile://usr//a/./b/", user("usr/a/b")),
            ("wxfile://usr/a/../b", user("usr/b")),
            ("wxfile://tmp_1.png", Place::Local(Area::Temp, "tmp/tmp_1.png".into())),
            ("wxfile://tmp/1.png", Place::Local(Area::Temp, "tmp/1.png".into())),
            (
                "wxfile://store_1.png",
                Place::Local(Area::Saved, "store/store_1.png".into()),
            ),
            ("/data/a.json", Place::Package("data/a.json".into())),
            ("data/a.json", Place::Package("data/a.json".into())),
            ("/", Place::Package(String::new())),
        ] {
            assert_eq!(resolve(path), expected, "{path}");
        }
    }

    #[test]
    fn nothing_leads_out() {
        for path in [
            "wxfile://",
            "wxfile://usr/..",
            "wxfile://usr/../store/x",
            "wxfile://usr/a/../../x",
            "wxfile://usr/\0",
            "wxfile://user/x",
            "wxfile://tmp_1/x",
            "./a.json",
            "../a.json",
            "a/../b.json",
            "//etc/passwd",
            "file:///etc/passwd",
            "https://example.com/x",
        ] {
            assert_eq!(resolve(path), Place::Outside, "{path}");
        }
    }
}

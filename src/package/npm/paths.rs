//! Paths of a project and of what is installed beside it, which may lead upwards.

/// `rest` seen from `folder`, without dot segments; what leads above the top keeps its `..`.
pub(super) fn join(folder: &str, rest: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(rest.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The folder that a file is in; empty at the top.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The file's path as it is written in a folder.
pub(super) fn relative(folder: &str, path: &str) -> String {
    let mut from = folder.split('/').filter(|part| !part.is_empty()).peekable();
    let mut to = path.split('/').filter(|part| !part.is_empty()).peekable();
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| "..");
    up.chain(to).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_and_told_apart() {
        assert_eq!(join("a/b", "./../c.js"), "a/c.js");
        assert_eq!(join("a", "../../b"), "../b");
        assert_eq!(join("../a", ".."), "..");
        assert_eq!(join("", "x"), "x");
        assert_eq!(relative("a/b", "a/c/d.js"), "../c/d.js");
        assert_eq!(relative("", "a.js"), "a.js");
        assert_eq!(folder_of("a/b.js"), "a");
    }
}

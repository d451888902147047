//! The files of the test that runs in a world: the test itself, which is a module of the package, and what it
//! requires from beside itself, which has the file's own path as its name.

use std::cell::RefCell;
use std::collections::HashMap;

/// Folders of these names hold no code of an app, wherever they are.
const FOR_TESTS: [&str; 8] = [
    "test",
    "tests",
    "__tests__",
    "__mocks__",
    "__fixtures__",
    "spec",
    "specs",
    "e2e",
];

/// The test of a world, and its files; empty in the world of an app.
#[derive(Debug, Default)]
pub struct Suite {
    test: RefCell<Option<TestFile>>,
    texts: RefCell<HashMap<String, String>>,
}

/// The module of the package that is a test.
#[derive(Debug)]
struct TestFile {
    module: String,
    folder: String,
    /// The folder of the app's code.
    app: String,
    /// The folder from which files are named to people.
    working: String,
}

impl Suite {
    /// This module is a test, whose file is in that folder; its app's code is in the folder `app`.
    pub fn begin(&self, [module, folder, app, working]: [String; 4]) {
        *self.test.borrow_mut() = Some(TestFile {
            module,
            folder,
            app,
            working,
        });
    }

    /// A file as it is named to people.
    pub fn shown<'f>(&self, file: &'f str) -> &'f str {
        let test = self.test.borrow();
        let inside = test.as_ref().and_then(|test| file.strip_prefix(&test.working));
        inside.map_or(file, |inside| inside.trim_start_matches('/'))
    }

    /// The name of the module that is a test.
    pub fn module(&self) -> Option<String> {
        self.test.borrow().as_ref().map(|test| test.module.clone())
    }

    /// The path of the file that a module is, if it is one of the test's.
    pub fn place(&self, module: &str) -> Option<String> {
        let test = self.test.borrow();
        let test = test.as_ref()?;
        if test.module == module {
            return Some(format!("{}/{module}", test.folder));
        }
        module.starts_with('/').then(|| module.to_owned())
    }

    /// The package path that a file has, if it is in the app's folder and not in one for tests.
    pub fn in_app(&self, file: &str) -> Option<String> {
        let test = self.test.borrow();
        let app = &test.as_ref()?.app;
        let inside = file.strip_prefix(app)?.strip_prefix('/')?;
        let of_tests = inside.split('/').any(|folder| FOR_TESTS.contains(&folder));
        (!app.is_empty() && !of_tests).then(|| inside.to_owned())
    }

    /// A file is known by this text.
    pub fn keep(&self, file: String, text: String) {
        self.texts.borrow_mut().insert(file, text);
    }

    /// The text of a file that is known.
    pub fn text(&self, file: &str) -> Option<String> {
        self.texts.borrow().get(file).cloned()
    }
}

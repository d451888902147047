//! A development package: a source tree as it lies in a folder or in a zip, checked by the rules of app.json.

use super::app_id::AppId;
use super::app_json::{APP_JSON, AppJson};
use super::bundle::read_bundle;
use super::code::CodePackage;
use super::file_tree::{FileTree, TreeError};
use super::inspect::inspect;
use super::json_text::text_of;
use super::limits::PackageLimits;
use super::path::PackagePath;
use super::problem::{Problem, Problems};
use super::project::{PRIVATE_PROJECT_JSON, PROJECT_JSON, ProjectConfig};
use super::zip_input::{MAX_ZIP_CONTENT_BYTES, read_zip};
use bytes::Bytes;

/// A source tree that can be run and packed. It has no version and nobody has signed it.
#[derive(Debug, Clone)]
pub struct SourcePackage {
    project: ProjectConfig,
    app_json: AppJson,
    files: FileTree,
    warnings: Vec<Problem>,
}

/// A source tree whose app.json could be read, with all that is wrong with it, errors too.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// project.config.json.
    pub project: ProjectConfig,
    /// app.json.
    pub app_json: AppJson,
    /// The files of the app.
    pub files: FileTree,
    /// What breaks the rules of app.json.
    pub problems: Vec<Problem>,
}

impl Survey {
    /// Takes the files of a project folder, by path from that folder. What is not code is left out: dot files, npm's
    /// `node_modules`, the developer tools' own files, and what `packOptions.ignore` names.
    ///
    /// # Errors
    /// There is no app.json that can be read, or the names of the files cannot be.
    pub fn open<N: AsRef<str>>(files: impl IntoIterator<Item = (N, Bytes)>) -> Result<Self, Problems> {
        let files: Vec<(N, Bytes)> = files.into_iter().filter(|(name, _)| is_code(name.as_ref())).collect();
        let read = |wanted: &str| {
            files
                .iter()
                .find(|(name, _)| name.as_ref() == wanted)
                .map(|(_, bytes)| &bytes[..])
        };
        let project = ProjectConfig::parse(read(PROJECT_JSON), read(PRIVATE_PROJECT_JSON))?;
        // Names are looked at below the root only: what else lies in the project's folder is nobody's concern.
        let root = project
            .miniprogram_root
            .as_ref()
            .map(|root| format!("{root}/"))
            .unwrap_or_default();
        let inside = files
            .iter()
            .filter_map(|(name, bytes)| Some((name.as_ref().strip_prefix(&root)?, bytes.clone())));
        let inside = inside.filter(|(name, _)| ![PROJECT_JSON, PRIVATE_PROJECT_JSON].contains(name));
        let tree = FileTree::from_names(inside).map_err(|error| tree_problem(&error))?;
        let (_, code) = tree.partition(|path| project.ignore.iter().any(|rule| rule.matches(path)));
        Self::of(project, code)
    }

    /// Takes a zipped source tree.
    ///
    /// # Errors
    /// As [`Survey::open`], and what is no zip.
    pub fn from_zip(zip: &[u8]) -> Result<Self, Problems> {
        let files = read_zip(zip, MAX_ZIP_CONTENT_BYTES).map_err(|error| not_a_package(error.to_string()))?;
        Self::open(files)
    }

    /// Takes a file that `minirun pack` has written.
    ///
    /// # Errors
    /// As [`Survey::open`], and what is no such file.
    pub fn from_bundle(bundle: &Bytes, limits: &PackageLimits) -> Result<Self, Problems> {
        let bundle = read_bundle(bundle, limits).map_err(|error| not_a_package(error.to_string()))?;
        let project = ProjectConfig {
            app_id: bundle.app_id,
            ..ProjectConfig::default()
        };
        Self::of(project, bundle.files)
    }

    fn of(project: ProjectConfig, files: FileTree) -> Result<Self, Problems> {
        let app_json = AppJson::of(&files).map_err(|problem| with_places(*problem, &files))?;
        let text = files
            .read(app_json.file())
            .map(|bytes| text_of(bytes))
            .unwrap_or_default();
        let mut problems = inspect(&text, &app_json, &files);
        problems.extend(unknown_ignore_rules(&project));
        Ok(Self {
            project,
            app_json,
            files,
            problems,
        })
    }
}

impl SourcePackage {
    /// Takes the files of a project folder; see [`Survey::open`].
    ///
    /// # Errors
    /// All that keeps it from being run.
    pub fn open<N: AsRef<str>>(files: impl IntoIterator<Item = (N, Bytes)>) -> Result<Self, Problems> {
        Survey::open(files).and_then(Self::try_from)
    }

    /// Takes a zipped source tree.
    ///
    /// # Errors
    /// All that keeps it from being run.
    pub fn from_zip(zip: &[u8]) -> Result<Self, Problems> {
        Survey::from_zip(zip).and_then(Self::try_from)
    }

    /// Takes a file that `minirun pack` has written.
    ///
    /// # Errors
    /// All that keeps it from being run.
    pub fn from_bundle(bundle: &Bytes, limits: &PackageLimits) -> Result<Self, Problems> {
        Survey::from_bundle(bundle, limits).and_then(Self::try_from)
    }

    /// The same package with one more file.
    ///
    /// # Errors
    /// The name is not a path inside a package, or it is taken.
    pub fn with_file(mut self, name: &str, bytes: Bytes) -> Result<Self, TreeError> {
        let file = FileTree::from_names([(name, bytes)])?;
        self.files = self.files.merge(file)?;
        Ok(self)
    }

    /// project.config.json.
    pub fn project(&self) -> &ProjectConfig {
        &self.project
    }

    /// The app's id, where project.config.json has one.
    pub fn app_id(&self) -> Option<&AppId> {
        self.project.app_id.as_ref()
    }

    /// What somebody should look at, though it runs.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }
}

impl TryFrom<Survey> for SourcePackage {
    type Error = Problems;

    fn try_from(survey: Survey) -> Result<Self, Problems> {
        let (errors, warnings): (Vec<_>, Vec<_>) = survey.problems.into_iter().partition(Problem::is_error);
        if !errors.is_empty() {
            return Err(Problems(errors));
        }
        Ok(Self {
            project: survey.project,
            app_json: survey.app_json,
            files: survey.files,
            warnings,
        })
    }
}

impl CodePackage for SourcePackage {
    fn files(&self) -> &FileTree {
        &self.files
    }

    fn app_json(&self) -> &AppJson {
        &self.app_json
    }

    fn checks_domains(&self) -> bool {
        self.project.url_check
    }
}

/// Whether a file of a project folder can be part of an app. Whoever walks a folder can ask this of a folder's name
/// too, and need not go into it.
pub fn is_code(name: &str) -> bool {
    !name
        .split('/')
        .any(|segment| segment.starts_with('.') && segment != "." && segment != ".." || segment == "node_modules")
}

/// What the readers say of a file may quote it; bytes that are no text are kept off the terminal.
fn not_a_package(message: String) -> Problem {
    let odd = |c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER;
    let legible: String = message
        .chars()
        .map(|c| if odd(c) { '?' } else { c })
        .take(120)
        .collect();
    Problem::error("package", legible)
        .help("give a folder with an app.json, a .zip of one, or a file of `minirun pack`")
}

fn tree_problem(error: &TreeError) -> Problem {
    Problem::error("package", error.to_string())
        .code("file-names")
        .help("names must be relative, and must stay apart where upper and lower case are the same")
}

/// A folder without app.json is often one level off: says where app.json files are.
fn with_places(problem: Problem, files: &FileTree) -> Problem {
    if files.has(APP_JSON) {
        return problem;
    }
    let places: Vec<&str> = files
        .paths()
        .map(PackagePath::as_str)
        .filter_map(|path| path.strip_suffix("/app.json"))
        .take(3)
        .collect();
    match places.as_slice() {
        [] => problem,
        places => problem.help(format!(
            "found one in {}: name that folder, or set miniprogramRoot in project.config.json",
            places.join(", ")
        )),
    }
}

fn unknown_ignore_rules(project: &ProjectConfig) -> impl Iterator<Item = Problem> {
    project.ignore.iter().filter(|rule| !rule.is_known()).map(|rule| {
        let message = format!(
            "packOptions.ignore of type {:?} is not understood: {:?} is packed",
            rule.kind, rule.value
        );
        Problem::warning(PROJECT_JSON, message).code("pack-options")
    })
}

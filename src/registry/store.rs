//! The object store under a registry: a local folder by default.

use crate::package::Effort;
use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as ObjectPath;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutPayload};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What went wrong with the store itself.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The location is not a folder or a URL that this build can open.
    #[error("cannot open store {location}: {reason}")]
    Location {
        /// What was given.
        location: String,
        /// Why not.
        reason: String,
    },
    /// The store refused, or could not be reached.
    #[error("store: failed to {operation} {path}: {source}")]
    Object {
        /// What was tried.
        operation: &'static str,
        /// The object.
        path: String,
        /// What the store said.
        source: Box<object_store::Error>,
    },
}

/// A registry's objects, by path from its root.
#[derive(Debug, Clone)]
pub struct Store {
    objects: Arc<dyn ObjectStore>,
    folder: Option<PathBuf>,
    effort: Effort,
}

impl Store {
    /// Opens a folder (made when it is not there) or a URL. Writes to a folder are durable when they return.
    pub fn open(location: &str) -> Result<Self, StoreError> {
        if location.contains("://") {
            return Self::open_url(location);
        }
        Self::open_folder(Path::new(location))
    }

    /// Opens a folder, and makes it when it is not there.
    pub fn open_folder(folder: &Path) -> Result<Self, StoreError> {
        let failed = |reason: String| StoreError::Location {
            location: folder.display().to_string(),
            reason,
        };
        std::fs::create_dir_all(folder).map_err(|error| failed(error.to_string()))?;
        let objects = LocalFileSystem::new_with_prefix(folder).map_err(|error| failed(error.to_string()))?;
        Ok(Self {
            objects: Arc::new(objects.with_fsync(true)),
            folder: Some(folder.to_owned()),
            effort: Effort::Thorough,
        })
    }

    fn open_url(location: &str) -> Result<Self, StoreError> {
        let failed = |reason: String| StoreError::Location {
            location: location.to_owned(),
            reason,
        };
        let url = url::Url::parse(location).map_err(|error| failed(error.to_string()))?;
        if url.scheme() == "file" {
            let folder = url.to_file_path().map_err(|()| failed("not a local path".into()))?;
            return Self::open_folder(&folder);
        }
        let (objects, prefix) = object_store::parse_url(&url).map_err(|_| {
            let scheme = url.scheme();
            failed(format!("{scheme}: stores are not built in; name a folder"))
        })?;
        Ok(Self {
            objects: Arc::new(PrefixStore::new(Arc::<dyn ObjectStore>::from(objects), prefix)),
            folder: None,
            effort: Effort::Thorough,
        })
    }

    /// A store that is gone with the process.
    pub fn in_memory() -> Self {
        Self {
            objects: Arc::new(InMemory::new()),
            folder: None,
            effort: Effort::Thorough,
        }
    }

    /// The same store, into which objects go compressed with this effort.
    #[must_use]
    pub fn with_effort(self, effort: Effort) -> Self {
        Self { effort, ..self }
    }

    /// How hard to compress what is put into it.
    pub(super) fn effort(&self) -> Effort {
        self.effort
    }

    /// The folder that it is, when it is one.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The bytes of an object; `None` when there is none.
    pub async fn get(&self, path: &str) -> Result<Option<Bytes>, StoreError> {
        let result = match self.objects.get(&ObjectPath::from(path)).await {
            Ok(object) => object.bytes().await,
            Err(error) => Err(error),
        };
        match result {
            Ok(bytes) => Ok(Some(bytes)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed("read", path, error)),
        }
    }

    /// An object with its length, to be read piece by piece; `None` when there is none.
    pub(super) async fn length(&self, path: &str) -> Result<Option<u64>, StoreError> {
        match self.objects.head(&ObjectPath::from(path)).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed("read", path, error)),
        }
    }

    /// A range of an object as a stream.
    pub(super) async fn stream(
        &self,
        path: &str,
        range: std::ops::Range<u64>,
    ) -> Result<futures_util::stream::BoxStream<'static, object_store::Result<Bytes>>, StoreError> {
        let options = object_store::GetOptions::new().with_range(Some(range));
        let object = self.objects.get_opts(&ObjectPath::from(path), options).await;
        object
            .map(object_store::GetResult::into_stream)
            .map_err(|error| failed("read", path, error))
    }

    /// Writes an object, over one that is there.
    pub async fn put(&self, path: &str, bytes: impl Into<PutPayload>) -> Result<(), StoreError> {
        let done = self.objects.put(&ObjectPath::from(path), bytes.into()).await;
        done.map(drop).map_err(|error| failed("write", path, error))
    }

    /// Writes an object unless there is one; `false` when there was.
    pub async fn put_if_absent(&self, path: &str, bytes: impl Into<PutPayload>) -> Result<bool, StoreError> {
        let target = ObjectPath::from(path);
        match self
            .objects
            .put_opts(&target, bytes.into(), PutMode::Create.into())
            .await
        {
            Ok(_) => Ok(true),
            Err(object_store::Error::AlreadyExists { .. }) => Ok(false),
            Err(error) => Err(failed("write", path, error)),
        }
    }

    /// The names directly below a path: objects and folders.
    pub async fn list(&self, path: &str) -> Result<Vec<String>, StoreError> {
        let prefix = ObjectPath::from(path);
        let list = self.objects.list_with_delimiter(Some(&prefix)).await;
        let list = list.map_err(|error| failed("list", path, error))?;
        let objects = list.objects.into_iter().map(|meta| meta.location);
        let names = objects
            .chain(list.common_prefixes)
            .filter_map(|path| path.filename().map(str::to_owned));
        Ok(names.collect())
    }
}

fn failed(operation: &'static str, path: &str, source: object_store::Error) -> StoreError {
    StoreError::Object {
        operation,
        path: path.to_owned(),
        source: Box::new(source),
    }
}

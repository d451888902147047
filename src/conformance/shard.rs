//! A share of the test files, for one of several machines.

use super::discover::TestFile;
use std::str::FromStr;

/// The share `index` of `count`, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    index: usize,
    count: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(index, count)| {
            let (index, count) = (index.parse().ok()?, count.parse().ok()?);
            Some(Self { index, count })
        });
        parsed
            .filter(|shard| (1..=shard.count).contains(&shard.index))
            .ok_or_else(|| "expected a share such as 1/3, 2/3 or 3/3".into())
    }
}

impl Shard {
    /// Its files. Every file is in one share; neighbours, which often take equally long, are in different ones.
    pub fn of(self, files: Vec<TestFile>) -> Vec<TestFile> {
        files.into_iter().skip(self.index - 1).step_by(self.count).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_one_share() {
        let files: Vec<TestFile> = (0..7)
            .map(|n| TestFile::in_bare_app(&format!("{n}.test.js"), ""))
            .collect();
        let names = |share: &str| -> Vec<String> {
            let shard: Shard = share.parse().unwrap();
            shard.of(files.clone()).iter().map(TestFile::name).collect()
        };
        assert_eq!(names("1/3"), ["0.test.js", "3.test.js", "6.test.js"]);
        assert_eq!(names("2/3"), ["1.test.js", "4.test.js"]);
        assert_eq!(names("1/1").len(), 7);
        assert_eq!(names("9/9").len(), 0);
    }

    #[test]
    fn other_texts_are_no_share() {
        for text in ["", "1", "0/3", "4/3", "a/b", "1/0", "-1/3"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}

//! What a build wrote: every path with its digest. The file is also the mark by which a folder is known as ours.

use super::Failure;
use crate::diagnostic::said;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The name of the mark in the site's folder.
pub const NAME: &str = ".parkpress.json";

/// The manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Path → SHA-256.
    pub files: BTreeMap<String, String>,
    /// Files of the site before, kept for one generation.
    pub kept: BTreeSet<String>,
    /// What the folder holds where that is no site.
    pub kit: Option<String>,
}

impl Manifest {
    /// The manifest of a folder; `None` where it has none.
    pub fn read(folder: &Path) -> Result<Option<Manifest>, Failure> {
        let Ok(text) = std::fs::read_to_string(folder.join(NAME)) else { return Ok(None) };
        let broken = || Failure {
            code: "mark-broken",
            message: said(format!("输出文件夹里的记录文件 {NAME} 已损坏。"), format!("The record {NAME} of the output folder is broken.")),
            hint: Some(said(
                "确认里面没有需要的东西后，删掉整个输出文件夹再构建。",
                "Make sure nothing in it is needed, delete the output folder and build again.",
            )),
            exit: 2,
        };
        let value: Value = serde_json::from_str(&text).map_err(|_| broken())?;
        if value["parkpress"] != 1 {
            return Err(broken());
        }
        let files = value["files"].as_object().ok_or_else(broken)?;
        let files = files.iter().map(|(path, hash)| (path.clone(), hash.as_str().unwrap_or_default().to_string())).collect();
        let kept = value["kept"].as_array().map(|list| list.iter().filter_map(|path| path.as_str().map(str::to_string)).collect());
        let kit = value["kit"].as_str().map(str::to_string);
        Ok(Some(Manifest { files, kept: kept.unwrap_or_default(), kit }))
    }

    /// Writes the manifest into a folder.
    pub fn write(&self, folder: &Path) -> Result<(), Failure> {
        let mut value = json!({"parkpress": 1, "files": self.files, "kept": self.kept});
        if let Some(kit) = &self.kit {
            value["kit"] = kit.as_str().into();
        }
        let place = folder.join(NAME);
        std::fs::write(&place, format!("{value}\n")).map_err(|error| Failure::io(&place, &error))
    }
}

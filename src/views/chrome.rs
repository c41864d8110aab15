//! What every page needs besides its own content.

use crate::ids::Generation;
use crate::site::Site;

/// Addresses of the files that every page loads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetUrls {
    /// The style sheet.
    pub css: String,
    /// The script module that starts the others.
    pub script: String,
    /// The icon.
    pub icon: String,
}

/// What every page needs besides its own content.
#[derive(Debug, Clone, Copy)]
pub struct Chrome<'a> {
    /// The site.
    pub site: &'a Site,
    /// The number of the edition that it is in.
    pub generation: Generation,
    /// The files that every page loads.
    pub assets: &'a AssetUrls,
    /// Whether pages follow the content as it changes and show what is wrong with it.
    pub live: bool,
    /// Where the site is published, without a path, such as `https://guide.example.org`.
    pub canonical_base: Option<&'a str>,
    /// Where the site was asked for, which stands for that where it is not known; empty for pages that do not say it.
    pub asked_at: &'a str,
}

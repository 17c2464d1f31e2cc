//! How a value is shown to people, in the language of the page.

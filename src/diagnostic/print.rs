//! Printers: text with the source line, JSON, SARIF.

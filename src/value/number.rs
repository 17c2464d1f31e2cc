//! `integer`, `decimal`, `percent`, and the reader of numbers as people write them.

//! Tables that are asked for every key, link and path. The only module that knows their hash: the one of the standard
//! library is made for keys that strangers choose, and takes longer.

use std::collections::{HashMap, HashSet};

/// From keys to values, in no order.
pub type Lookup<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// Keys, in no order.
pub type Known<K> = HashSet<K, foldhash::fast::RandomState>;

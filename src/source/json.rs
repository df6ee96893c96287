//! The records of JSON and JSONL files.

//! Writes answers for people on a terminal and for machines in a pipe.

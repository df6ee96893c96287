//! Acronyms that the text defines.

//! Which countries an article is about.

use crate::article::Regions;
use crate::entity::{Mention, Story};

/// The countries that the story is about, and all that it names.
pub fn locate(_story: &Story<'_>, _mentions: &[Mention]) -> Regions {
    Regions::default()
}

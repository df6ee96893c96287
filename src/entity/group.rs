//! Joins the mentions of one article that name the same thing.

use super::{Mention, Story};
use crate::article::Entity;

/// The entities behind `mentions`, most often named first.
pub fn group(_story: &Story<'_>, _mentions: &[Mention]) -> Vec<Entity> {
    Vec::new()
}

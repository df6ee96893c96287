//! Names at the ends of lines.

use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

use super::{Canvas, Drawn, Letters, WIDTH, cut};

/// The name of a line, at the height where it should stand.
pub(super) struct Name {
    pub(super) wanted: i32,
    pub(super) colour: RGBColor,
    pub(super) text: String,
}

/// How far apart names stand.
const NAME_HEIGHT: i32 = 18;

/// Writes names to the right of `right`, as near to the ends of their lines as there is room, and
/// none below `bottom`.
pub(super) fn write_names(
    canvas: &Canvas<'_>,
    mut names: Vec<Name>,
    right: i32,
    bottom: i32,
) -> Drawn {
    names.sort_by_key(|name| name.wanted);
    let mut heights: Vec<i32> = Vec::with_capacity(names.len());
    for name in &names {
        let above = heights.last().map_or(i32::MIN, |height| height + NAME_HEIGHT);
        heights.push(name.wanted.max(above));
    }
    // What went below the axis goes up again, and takes with it what stands there.
    let mut below = bottom;
    for height in heights.iter_mut().rev() {
        *height = (*height).min(below);
        below = *height - NAME_HEIGHT;
    }
    for (name, height) in names.iter().zip(heights) {
        let x = right + 12;
        canvas.line(vec![(right + 2, name.wanted), (x - 2, height)], name.colour, 1)?;
        let text = cut(&name.text, WIDTH - x - 8, Letters::Text);
        canvas.text(&text, (x, height), (HPos::Left, VPos::Center), Letters::Text, name.colour)?;
    }
    Ok(())
}

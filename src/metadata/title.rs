//! Headlines.

/// A title made from the first sentence of `body`.
pub fn title_from_first_sentence(body: &str) -> String {
    body.lines().next().unwrap_or_default().to_owned()
}

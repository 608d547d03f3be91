//! A made-up population and what people type to find somebody in it. Independent of the index: it shares
//! no code with it.

pub mod keystrokes;
pub mod names;
pub mod population;

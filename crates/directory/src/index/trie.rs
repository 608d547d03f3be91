//! The words of the vocabulary as a tree of letters, level by level: a node's children lie side by side.

use super::arrays::at;
use super::fold::is_by_character;

/// A tree over sorted words. Tokens are numbered in the order of their words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Trie {
    pub(super) letters: Vec<u32>,
    /// Where a node's children begin; those of the next node begin where they end. One more than nodes.
    pub(super) children: Vec<u32>,
    /// The first token at or below a node.
    pub(super) first_tokens: Vec<u32>,
    pub(super) token_count: u32,
}

/// A node and the end of its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cursor {
    pub(super) node: u32,
    end: u32,
}

/// Tokens from `start` to before `end`; those before `whole_end` are the node's word itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TokenRange {
    pub(super) start: u32,
    pub(super) whole_end: u32,
    pub(super) end: u32,
}

impl Trie {
    /// A tree of sorted words; equal ones are several tokens of one word.
    pub(super) fn of(words: &[&str]) -> Self {
        let count = words.len() as u32;
        let mut trie =
            Self { letters: vec![0], children: Vec::new(), first_tokens: vec![0], token_count: count };
        // The tokens below each node of the level, and how many bytes of their words lead to it.
        let mut level = vec![(0_u32, count, 0_usize)];
        while !level.is_empty() {
            let mut below = Vec::new();
            for (start, end, depth) in level {
                trie.children.push((trie.letters.len()) as u32);
                trie.push_children(words, (start, end, depth), &mut below);
            }
            level = below;
        }
        trie.children.push(trie.letters.len() as u32);
        trie.letters.shrink_to_fit();
        trie.children.shrink_to_fit();
        trie.first_tokens.shrink_to_fit();
        trie
    }

    fn push_children(
        &mut self,
        words: &[&str],
        (start, end, depth): (u32, u32, usize),
        below: &mut Vec<(u32, u32, usize)>,
    ) {
        let letter_of = |token: u32| {
            words.get(token as usize).and_then(|word| word.get(depth..)).and_then(|rest| rest.chars().next())
        };
        let mut token = start;
        while token < end {
            let Some(letter) = letter_of(token) else {
                token += 1;
                continue;
            };
            let first = token;
            while token < end && letter_of(token) == Some(letter) {
                token += 1;
            }
            self.letters.push(u32::from(letter));
            self.first_tokens.push(first);
            below.push((first, token, depth + letter.len_utf8()));
        }
    }

    pub(super) fn root(&self) -> Cursor {
        Cursor { node: 0, end: self.token_count }
    }

    /// One letter further; nothing when no word goes on so.
    pub(super) fn step(&self, at: Cursor, letter: char) -> Option<Cursor> {
        let (first, last) = self.below(at);
        let letters = self.letters.get(first as usize..last as usize)?;
        let place = letters.binary_search(&u32::from(letter)).ok()? as u32;
        Some(self.child(at, first + place))
    }

    pub(super) fn steps(&self, at: Cursor, letters: &[char]) -> Option<Cursor> {
        letters.iter().try_fold(at, |at, letter| self.step(at, *letter))
    }

    /// Every way on by a letter of an alphabet.
    pub(super) fn alphabetic(&self, parent: Cursor) -> impl Iterator<Item = (char, Cursor)> + '_ {
        let (first, last) = self.below(parent);
        (first..last).filter_map(move |child| {
            let letter = char::from_u32(at(&self.letters, child))?;
            (!is_by_character(letter)).then(|| (letter, self.child(parent, child)))
        })
    }

    /// The tokens at and below a node.
    pub(super) fn tokens(&self, cursor: Cursor) -> TokenRange {
        let (first, last) = self.below(cursor);
        let whole_end = if first < last { at(&self.first_tokens, first) } else { cursor.end };
        TokenRange { start: at(&self.first_tokens, cursor.node), whole_end, end: cursor.end }
    }

    /// The nodes below the root whose tokens are so, in the order of their numbers; a node is only looked at
    /// when its parent is so.
    pub(super) fn crowded(&self, is_so: impl Fn(TokenRange) -> bool) -> Vec<Cursor> {
        let mut found = vec![self.root()];
        let mut next = 0;
        while let Some(cursor) = found.get(next).copied() {
            let (first, last) = self.below(cursor);
            let children = (first..last).map(|child| self.child(cursor, child));
            found.extend(children.filter(|child| is_so(self.tokens(*child))));
            next += 1;
        }
        found.split_off(1)
    }

    fn below(&self, cursor: Cursor) -> (u32, u32) {
        (at(&self.children, cursor.node), at(&self.children, cursor.node + 1))
    }

    fn child(&self, parent: Cursor, child: u32) -> Cursor {
        let is_last = child + 1 >= at(&self.children, parent.node + 1);
        let end = if is_last { parent.end } else { at(&self.first_tokens, child + 1) };
        Cursor { node: child, end }
    }
}

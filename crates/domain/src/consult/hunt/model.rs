//! What a hunt comes to, said without invitations, chats and events: the model of the random histories.

use super::HuntMode;

/// A consult as the model sees it; people are numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Model {
    pub(super) mode: HuntMode,
    pub(super) is_on: bool,
    pub(super) is_ended: bool,
    /// Who waits, and whether the agent jumped to them.
    pub(super) waiting: Vec<(usize, bool)>,
    pub(super) skipped: Vec<usize>,
    /// Everybody who was ever asked, with how they stand.
    pub(super) asked: Vec<(usize, Standing)>,
    /// Everybody who ever came into the hunt that is on, once for each time.
    pub(super) came_in: Vec<usize>,
    /// How many had been asked before that hunt.
    pub(super) asked_before: usize,
    /// Whose chat is held on the page of a link, so that the network's end of it is none.
    pub(super) on_page: Vec<usize>,
}

/// How someone who was asked stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Rings,
    Talks,
    Over,
}

/// What the model is to do; the numbers of [`Input::No`] and those after it are invitations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    Hunt(HuntMode, Vec<usize>),
    Ask(usize),
    Stop,
    Withdraw,
    Jump(usize),
    Add(usize),
    End,
    No(usize),
    Yes(usize),
    Left(usize),
    /// Yes on the page; and whether the network opens the chat then.
    PageYes(usize, bool),
    PageNo(usize),
    PageLeave(usize),
}

impl Model {
    pub(super) fn new() -> Self {
        Self {
            mode: HuntMode::OneByOne,
            is_on: false,
            is_ended: false,
            waiting: vec![],
            skipped: vec![],
            asked: vec![],
            came_in: vec![],
            asked_before: 0,
            on_page: vec![],
        }
    }

    /// Whether the input is allowed.
    pub(super) fn take(&mut self, input: Input) -> bool {
        let is_busy = self.is_ended || self.is_on || self.has(Standing::Rings) || self.has(Standing::Talks);
        match input {
            Input::Hunt(_, _) | Input::Ask(_) if is_busy => return false,
            Input::Withdraw if !self.has(Standing::Rings) => return false,
            Input::Stop | Input::Jump(_) | Input::Add(_) if !self.is_on => return false,
            Input::End if self.is_ended => return false,
            Input::Hunt(mode, people) => self.begin(mode, people),
            Input::Ask(who) => self.asked.push((who, Standing::Rings)),
            Input::Stop | Input::Withdraw => self.silence(),
            Input::End => {
                self.silence();
                self.replace(Standing::Talks, Standing::Over);
                self.is_ended = true;
            }
            Input::Jump(who) => return self.jump(who),
            Input::Add(who) => return self.add(who),
            Input::No(n) if self.stands(n, Standing::Rings) => self.asked[n].1 = Standing::Over,
            Input::Yes(n) if self.stands(n, Standing::Rings) => {
                self.silence();
                self.asked[n].1 = Standing::Talks;
            }
            Input::PageYes(n, opens) if self.stands(n, Standing::Rings) => {
                if !opens {
                    self.on_page.push(n);
                }
                self.take(Input::Yes(n));
            }
            Input::PageNo(n) if self.stands(n, Standing::Talks) => return false,
            Input::PageNo(n) | Input::PageLeave(n) => self.asked[n].1 = Standing::Over,
            Input::Left(n) if self.on_page.contains(&n) => {}
            Input::Left(n) if !self.stands(n, Standing::Over) && n < self.asked.len() => {
                self.asked[n].1 = Standing::Over;
            }
            Input::No(_) | Input::Yes(_) | Input::Left(_) | Input::PageYes(..) => {}
        }
        true
    }

    /// Asks whoever is due; `may` says who may be asked, given whether the agent jumped to them.
    pub(super) fn go_on(&mut self, may: impl Fn(usize, bool, &[(usize, Standing)]) -> bool) {
        let is_free = |one: &Self| {
            !one.has(Standing::Talks) && (one.mode == HuntMode::AllAtOnce || !one.has(Standing::Rings))
        };
        while self.is_on && is_free(self) && !self.waiting.is_empty() {
            let (who, jumped) = self.waiting.remove(0);
            if may(who, jumped, &self.asked) {
                self.asked.push((who, Standing::Rings));
            } else {
                self.skipped.push(who);
            }
        }
        self.is_on &= self.has(Standing::Rings);
    }

    /// How often someone is being asked or talked to.
    pub(super) fn engages(&self, who: usize) -> usize {
        self.asked.iter().filter(|(one, standing)| *one == who && *standing != Standing::Over).count()
    }

    pub(super) fn stands(&self, n: usize, standing: Standing) -> bool {
        self.asked.get(n).is_some_and(|(_, is)| *is == standing)
    }

    pub(super) fn has(&self, standing: Standing) -> bool {
        self.asked.iter().any(|(_, is)| *is == standing)
    }

    fn begin(&mut self, mode: HuntMode, people: Vec<usize>) {
        (self.mode, self.is_on, self.asked_before) = (mode, true, self.asked.len());
        self.waiting = people.iter().map(|who| (*who, false)).collect();
        self.skipped.clear();
        self.came_in = people;
    }

    fn jump(&mut self, who: usize) -> bool {
        let known = self.waiting.len() + self.skipped.len();
        self.waiting.retain(|(one, _)| *one != who);
        if let Some(at) = self.skipped.iter().position(|one| *one == who) {
            self.skipped.remove(at);
        }
        if self.waiting.len() + self.skipped.len() == known {
            return false;
        }
        self.waiting.insert(0, (who, true));
        if self.mode == HuntMode::OneByOne {
            self.replace(Standing::Rings, Standing::Over);
        }
        true
    }

    fn add(&mut self, who: usize) -> bool {
        let rings = self.asked.contains(&(who, Standing::Rings));
        if rings || self.waiting.iter().any(|(one, _)| *one == who) {
            return false;
        }
        // Who was passed over gets another chance.
        if self.skipped.contains(&who) {
            self.skipped.retain(|one| *one != who);
        } else {
            self.came_in.push(who);
        }
        self.waiting.push((who, false));
        true
    }

    fn silence(&mut self) {
        self.replace(Standing::Rings, Standing::Over);
        self.is_on = false;
    }

    fn replace(&mut self, from: Standing, to: Standing) {
        for (_, standing) in self.asked.iter_mut().filter(|(_, standing)| *standing == from) {
            *standing = to;
        }
    }
}

//! Who is connected with whom: the one place that wires calls and lines.
//!
//! Wishes are states (watch channels), not messages: asking twice does nothing
//! twice, nothing is lost when a task is slow, and no queue can grow.

use std::collections::HashMap;

use parking_lot::Mutex;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use crate::{
    CallKey, LineKey,
    media::frame::{Frame, Peer},
};

/// What the server wants of a call's signalling; only ever raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wish {
    /// Ring as long as configured, then answer.
    Ring,
    /// Answer at once.
    Answer,
    /// End it: the agent (or the server's rules) hung up.
    HangUp,
    /// End it: the voice room stops.
    Stop,
}

/// The switchboard's ends of a call.
#[derive(Debug)]
pub(crate) struct CallEnds {
    pub(crate) peer: watch::Sender<Option<Peer>>,
    pub(crate) frames: mpsc::Sender<Frame>,
    pub(crate) digits: mpsc::Sender<char>,
    pub(crate) wish: watch::Sender<Wish>,
}

/// The switchboard's ends of an open line.
#[derive(Debug)]
pub(crate) struct LineEnds {
    pub(crate) peer: watch::Sender<Option<Peer>>,
    pub(crate) muted: watch::Sender<bool>,
    pub(crate) frames: mpsc::Sender<Frame>,
    pub(crate) close: CancellationToken,
}

#[derive(Debug)]
struct CallEntry {
    ends: CallEnds,
    line: Option<LineKey>,
    held: bool,
}

/// A line that is open, or that a call waits for.
#[derive(Debug, Default)]
struct LineEntry {
    open: Option<OpenLine>,
    call: Option<CallKey>,
    muted: bool,
}

#[derive(Debug)]
struct OpenLine {
    generation: u64,
    ends: LineEnds,
    up: bool,
}

#[derive(Debug, Default)]
struct Board {
    calls: HashMap<CallKey, CallEntry>,
    lines: HashMap<LineKey, LineEntry>,
    last_call: u64,
    last_generation: u64,
    stopped: bool,
}

/// All calls and lines of this process.
#[derive(Debug, Default)]
pub(crate) struct Switchboard {
    board: Mutex<Board>,
}

impl Switchboard {
    /// Takes a call in, unless there are `limit` already or the room is stopped.
    pub(crate) fn add_call(&self, limit: usize, ends: CallEnds) -> Option<CallKey> {
        let mut board = self.board.lock();
        if board.stopped || board.calls.len() >= limit {
            return None;
        }
        board.last_call += 1;
        let key = CallKey(board.last_call);
        board.calls.insert(key, CallEntry { ends, line: None, held: false });
        Some(key)
    }

    /// A call is over.
    pub(crate) fn remove_call(&self, call: CallKey) {
        let mut board = self.board.lock();
        board.part_call(call);
        board.calls.remove(&call);
    }

    /// Opens a line in place of an older one of the key; `None` when the room is stopped.
    pub(crate) fn open_line(&self, line: LineKey, ends: LineEnds) -> Option<u64> {
        let mut board = self.board.lock();
        if board.stopped {
            return None;
        }
        board.last_generation += 1;
        let generation = board.last_generation;
        let entry = board.lines.entry(line).or_default();
        ends.muted.send_replace(entry.muted);
        if let Some(older) = entry.open.replace(OpenLine { generation, ends, up: false }) {
            older.ends.close.cancel();
        }
        let call = entry.call;
        board.rewire(call);
        Some(generation)
    }

    /// Closes a line; a call that was connected with it stays so for the next one.
    pub(crate) fn close_line(&self, line: LineKey, generation: Option<u64>) {
        let mut board = self.board.lock();
        let Some(entry) = board.lines.get_mut(&line) else { return };
        if entry.open.as_ref().is_none_or(|open| generation.is_some_and(|it| it != open.generation)) {
            return;
        }
        if let Some(open) = entry.open.take() {
            open.ends.close.cancel();
        }
        let call = entry.call;
        board.rewire(call);
        board.forget_if_idle(line);
    }

    /// The browser's audio connected or was lost.
    pub(crate) fn line_is_up(&self, line: LineKey, generation: u64, up: bool) {
        let mut board = self.board.lock();
        let Some(entry) = board.lines.get_mut(&line) else { return };
        if let Some(open) = entry.open.as_mut().filter(|open| open.generation == generation) {
            open.up = up;
            let call = entry.call;
            board.rewire(call);
        }
    }

    /// Connects the two and parts them from others.
    pub(crate) fn connect(&self, call: CallKey, line: LineKey) {
        let mut board = self.board.lock();
        if !board.calls.contains_key(&call) {
            return;
        }
        board.part_line(line);
        board.part_call(call);
        board.lines.entry(line).or_default().call = Some(call);
        if let Some(entry) = board.calls.get_mut(&call) {
            entry.line = Some(line);
            entry.held = false;
            raise(&entry.ends.wish, Wish::Answer);
        }
        board.rewire(Some(call));
    }

    /// Parts the call from its line.
    pub(crate) fn park(&self, call: CallKey) {
        self.board.lock().part_call(call);
    }

    /// Holds or resumes.
    pub(crate) fn hold(&self, call: CallKey, held: bool) {
        let mut board = self.board.lock();
        if let Some(entry) = board.calls.get_mut(&call) {
            entry.held = held;
            board.rewire(Some(call));
        }
    }

    /// Mutes a line that is open or connected.
    pub(crate) fn mute(&self, line: LineKey, muted: bool) {
        if let Some(entry) = self.board.lock().lines.get_mut(&line) {
            entry.muted = muted;
            if let Some(open) = &entry.open {
                open.ends.muted.send_replace(muted);
            }
        }
    }

    /// Sends a key to the caller; dropped when too many wait.
    pub(crate) fn send_digit(&self, call: CallKey, digit: char) {
        if let Some(entry) = self.board.lock().calls.get(&call)
            && entry.ends.digits.try_send(digit).is_err()
        {
            tracing::warn!(call = call.0, "a key was dropped: too many wait to be sent");
        }
    }

    /// Raises what is wanted of a call.
    pub(crate) fn wish(&self, call: CallKey, wish: Wish) {
        if let Some(entry) = self.board.lock().calls.get(&call) {
            raise(&entry.ends.wish, wish);
        }
    }

    /// Ends all calls and lines, and takes no more.
    pub(crate) fn stop(&self) {
        let mut board = self.board.lock();
        board.stopped = true;
        for entry in board.calls.values() {
            raise(&entry.ends.wish, Wish::Stop);
        }
        for entry in board.lines.values() {
            if let Some(open) = &entry.open {
                open.ends.close.cancel();
            }
        }
    }
}

impl Board {
    fn part_call(&mut self, call: CallKey) {
        let Some(entry) = self.calls.get_mut(&call) else { return };
        entry.ends.peer.send_if_modified(|peer| peer.take().is_some());
        let Some(line) = entry.line.take() else { return };
        if let Some(entry) = self.lines.get_mut(&line) {
            entry.call = None;
            if let Some(open) = &entry.open {
                open.ends.peer.send_if_modified(|peer| peer.take().is_some());
            }
        }
        self.forget_if_idle(line);
    }

    fn part_line(&mut self, line: LineKey) {
        if let Some(call) = self.lines.get(&line).and_then(|entry| entry.call) {
            self.part_call(call);
        }
    }

    fn forget_if_idle(&mut self, line: LineKey) {
        if self.lines.get(&line).is_some_and(|entry| entry.open.is_none() && entry.call.is_none()) {
            self.lines.remove(&line);
        }
    }

    /// Brings the two ends of a call's connection in line with what is wanted.
    fn rewire(&self, call: Option<CallKey>) {
        let Some((key, call)) = call.and_then(|key| Some((key, self.calls.get(&key)?))) else { return };
        let Some((line_key, line)) = call.line.and_then(|key| Some((key, self.lines.get(&key)?))) else {
            return;
        };
        let open = line.open.as_ref();
        let talking = !call.held && open.is_some_and(|open| open.up);
        let to_line =
            open.filter(|_| talking).map(|open| Peer { id: line_key.0, frames: open.ends.frames.clone() });
        let to_call = talking.then(|| Peer { id: u128::from(key.0), frames: call.ends.frames.clone() });
        set(&call.ends.peer, to_line);
        if let Some(open) = open {
            set(&open.ends.peer, to_call);
        }
    }
}

fn raise(wish: &watch::Sender<Wish>, to: Wish) {
    wish.send_if_modified(|wish| {
        let raised = *wish < to;
        *wish = to.max(*wish);
        raised
    });
}

fn set(end: &watch::Sender<Option<Peer>>, peer: Option<Peer>) {
    end.send_if_modified(|current| {
        let same = match (&*current, &peer) {
            (None, None) => true,
            (Some(one), Some(other)) => one.id == other.id && one.frames.same_channel(&other.frames),
            _ => false,
        };
        *current = peer;
        !same
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ends {
        peer: watch::Receiver<Option<Peer>>,
        wish: Option<watch::Receiver<Wish>>,
    }

    impl Ends {
        fn hears(&self) -> Option<u128> {
            self.peer.borrow().as_ref().map(|peer| peer.id)
        }
    }

    fn add_call(board: &Switchboard) -> (CallKey, Ends) {
        let (peer, peer_end) = watch::channel(None);
        let (wish, wish_end) = watch::channel(Wish::Ring);
        let ends = CallEnds { peer, frames: mpsc::channel(1).0, digits: mpsc::channel(1).0, wish };
        (board.add_call(9, ends).expect("room for a call"), Ends { peer: peer_end, wish: Some(wish_end) })
    }

    fn open_line(board: &Switchboard, line: LineKey) -> (u64, Ends) {
        let (peer, peer_end) = watch::channel(None);
        let ends = LineEnds {
            peer,
            muted: watch::channel(false).0,
            frames: mpsc::channel(1).0,
            close: CancellationToken::new(),
        };
        (board.open_line(line, ends).expect("an open line"), Ends { peer: peer_end, wish: None })
    }

    const LINE: LineKey = LineKey(70);

    #[test]
    fn both_hear_each_other_once_the_line_is_up() {
        let board = Switchboard::default();
        let (call, caller) = add_call(&board);
        board.connect(call, LINE);
        let (generation, agent) = open_line(&board, LINE);
        assert_eq!((caller.hears(), agent.hears()), (None, None));
        board.line_is_up(LINE, generation, true);
        assert_eq!((caller.hears(), agent.hears()), (Some(70), Some(u128::from(call.0))));
        assert_eq!(caller.wish.map(|wish| *wish.borrow()), Some(Wish::Answer));
    }

    #[test]
    fn hold_and_park_part_both() {
        let board = Switchboard::default();
        let (call, caller) = add_call(&board);
        let (generation, agent) = open_line(&board, LINE);
        board.line_is_up(LINE, generation, true);
        board.connect(call, LINE);
        board.hold(call, true);
        assert_eq!((caller.hears(), agent.hears()), (None, None));
        board.hold(call, false);
        assert_eq!((caller.hears(), agent.hears()), (Some(70), Some(u128::from(call.0))));
        board.park(call);
        assert_eq!((caller.hears(), agent.hears()), (None, None));
    }

    #[test]
    fn a_line_that_is_opened_again_gets_its_call_back() {
        let board = Switchboard::default();
        let (call, caller) = add_call(&board);
        let (generation, _) = open_line(&board, LINE);
        board.line_is_up(LINE, generation, true);
        board.connect(call, LINE);
        board.close_line(LINE, None);
        assert_eq!(caller.hears(), None);
        let (next, agent) = open_line(&board, LINE);
        board.line_is_up(LINE, generation, true);
        board.close_line(LINE, Some(generation));
        assert_eq!(agent.hears(), None, "news of the older line is stale");
        board.line_is_up(LINE, next, true);
        assert_eq!((caller.hears(), agent.hears()), (Some(70), Some(u128::from(call.0))));
    }

    #[test]
    fn a_line_hears_one_call_only() {
        let board = Switchboard::default();
        let ((one, first), (two, second)) = (add_call(&board), add_call(&board));
        let (generation, agent) = open_line(&board, LINE);
        board.line_is_up(LINE, generation, true);
        board.connect(one, LINE);
        board.connect(two, LINE);
        assert_eq!((first.hears(), second.hears(), agent.hears()), (None, Some(70), Some(u128::from(two.0))));
        board.remove_call(two);
        assert_eq!(agent.hears(), None);
    }

    #[test]
    fn nothing_is_left_when_all_is_over() {
        let board = Switchboard::default();
        let (call, _caller) = add_call(&board);
        let (_, _agent) = open_line(&board, LINE);
        board.connect(call, LINE);
        board.close_line(LINE, None);
        board.remove_call(call);
        let inner = board.board.lock();
        assert!(inner.calls.is_empty() && inner.lines.is_empty());
    }

    #[test]
    fn a_stopped_room_takes_nothing() {
        let board = Switchboard::default();
        let (_, caller) = add_call(&board);
        board.stop();
        assert_eq!(caller.wish.map(|wish| *wish.borrow()), Some(Wish::Stop));
        let (peer, wish) = (watch::channel(None).0, watch::channel(Wish::Ring).0);
        let ends = CallEnds { peer, frames: mpsc::channel(1).0, digits: mpsc::channel(1).0, wish };
        assert_eq!(board.add_call(9, ends), None);
    }
}

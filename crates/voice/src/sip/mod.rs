//! The SIP edge: our own sockets mend and check what comes in before the
//! stack (rsipstack) parses it; dialogs and transactions are the stack's.
//!
//! Nothing outside this room names rsipstack.

pub(crate) mod address;
pub(crate) mod arrival;
pub(crate) mod call;
pub(crate) mod checks;
pub(crate) mod edge;
pub(crate) mod escape;
pub(crate) mod framing;
pub(crate) mod gate;
pub(crate) mod intake;
pub(crate) mod mend;
pub(crate) mod message;
pub(crate) mod refusal;
pub(crate) mod session_timer;
pub(crate) mod stream;
pub(crate) mod udp;
pub(crate) mod user_to_user;

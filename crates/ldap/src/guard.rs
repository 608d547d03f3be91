//! Stands between the server and the library that reads LDAP: what is too large, too deep or broken never
//! reaches it. The library takes messages of any size, and goes down into them as deep as they are.

use crate::ber::{self, Start};
use crate::error::ReadError;
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

/// The deepest message of a directory is an entry: message, entry, attributes, attribute, values. Controls and
/// referrals are no deeper.
const DEEPEST: usize = 8;
/// Bytes that are read at once.
const CHUNK: usize = 16 << 10;

/// Carries requests to the server and its sound messages back, until either side ends.
pub(crate) async fn carry(
    server: impl AsyncRead + AsyncWrite + Send,
    library: impl AsyncRead + AsyncWrite + Send,
    most_bytes: usize,
) -> Result<(), ReadError> {
    let (mut from_server, mut to_server) = tokio::io::split(server);
    let (mut from_library, mut to_library) = tokio::io::split(library);
    let requests = async {
        let copied = tokio::io::copy(&mut from_library, &mut to_server).await;
        copied.and(to_server.shutdown().await).map_err(|error| ReadError::of_io(&error))
    };
    let answers = async {
        let mut buffer = Vec::new();
        while let Some(message) = next_message(&mut from_server, &mut buffer, most_bytes).await? {
            to_library.write_all(&message).await.map_err(|error| ReadError::of_io(&error))?;
        }
        Ok(())
    };
    tokio::select! {
        ended = requests => ended,
        ended = answers => ended,
    }
}

/// The next whole message; nothing where the server has ended between two.
///
/// # Errors
/// `Malformed` for what is no message or beyond the limits; what the connection says.
pub(crate) async fn next_message(
    server: &mut (impl AsyncRead + Unpin),
    buffer: &mut Vec<u8>,
    most_bytes: usize,
) -> Result<Option<Vec<u8>>, ReadError> {
    loop {
        if let Some(size) = message_size(buffer, most_bytes)?
            && size <= buffer.len()
        {
            let rest = buffer.split_off(size);
            let message = std::mem::replace(buffer, rest);
            let sound = ber::is_sound(&message, DEEPEST);
            return if sound {
                Ok(Some(message))
            } else {
                Err(ReadError::Malformed("a message is broken or too deep"))
            };
        }
        buffer.reserve(CHUNK);
        let read = server.take(CHUNK as u64).read_buf(buffer).await;
        if read.map_err(|error| ReadError::of_io(&error))? == 0 {
            let cut = || ReadError::of_io(&io::ErrorKind::UnexpectedEof.into());
            return if buffer.is_empty() { Ok(None) } else { Err(cut()) };
        }
    }
}

fn message_size(buffer: &[u8], most_bytes: usize) -> Result<Option<usize>, ReadError> {
    /// Every message is a SEQUENCE (RFC 4511, section 4.1.1).
    const SEQUENCE: u8 = 0x30;
    match ber::start(buffer) {
        Start::Partial => Ok(None),
        Start::Element(header) if header.identifier != SEQUENCE => {
            Err(ReadError::Malformed("no message of LDAP"))
        }
        Start::Element(header) if header.size > most_bytes => {
            Err(ReadError::Malformed("a message is too large"))
        }
        Start::Element(header) => Ok(Some(header.content + header.size)),
        Start::Wrong => Err(ReadError::Malformed("no message of LDAP")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn taken(bytes: &[u8]) -> Vec<Result<usize, &'static str>> {
        let (mut server, mut buffer, mut taken) = (bytes, Vec::new(), Vec::new());
        loop {
            match next_message(&mut server, &mut buffer, 1000).await {
                Ok(Some(message)) => taken.push(Ok(message.len())),
                Ok(None) => return taken,
                Err(error) => {
                    taken.push(Err(error.code()));
                    return taken;
                }
            }
        }
    }

    #[tokio::test]
    async fn whole_messages_pass_and_nothing_else() {
        let message = [0x30, 0x03, 0x02, 0x01, 0x07];
        assert_eq!(taken(&message.repeat(2)).await, [Ok(5), Ok(5)]);
        let (cut, wrong) = (Err("broken_off"), Err("malformed"));
        let deep =
            (0..60).fold(vec![0x04, 0x00], |inner, _| [&[0x30, inner.len() as u8][..], &inner].concat());
        for (bytes, expected) in [
            (&message[..4], cut),
            (b"HTTP/1.1 400", wrong),
            (&[0x30, 0x82, 0x03, 0xe9], wrong),
            (&[0x30, 0x80, 0x00, 0x00], wrong),
            (&[0x30, 0x03, 0x02, 0x02, 0x07], wrong),
            (&deep, wrong),
        ] {
            assert_eq!(taken(bytes).await, [expected], "{bytes:?}");
        }
    }
}

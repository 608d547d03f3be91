const GATHER_WITHIN_MS = 2000

/** The description to send: the server takes no trickled candidates, so gathering is waited for. */
export async function gatheredOffer(peer: RTCPeerConnection): Promise<string> {
  await peer.setLocalDescription(await peer.createOffer())
  await gathered(peer)
  return peer.localDescription?.sdp ?? ''
}

function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise((resolve) => {
    const limit = setTimeout(done, GATHER_WITHIN_MS)
    function done() {
      clearTimeout(limit)
      peer.removeEventListener('icegatheringstatechange', check)
      resolve()
    }
    function check() {
      if (peer.iceGatheringState === 'complete') done()
    }
    peer.addEventListener('icegatheringstatechange', check)
  })
}

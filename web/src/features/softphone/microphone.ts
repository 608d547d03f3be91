/** Tests that measure tones switch the browser's processing off: `?audio=raw`, or kept for the browser. */
function wantsRawAudio(): boolean {
  return new URLSearchParams(window.location.search).get('audio') === 'raw' || localStorage.getItem('hookflash.audio') === 'raw'
}

/** Opens the microphone for speech. Throws a DOMException by the rules of getUserMedia. */
export function openMicrophone(): Promise<MediaStream> {
  const media = (navigator as { mediaDevices?: MediaDevices }).mediaDevices
  if (!media) throw new DOMException('getUserMedia needs a secure origin', 'SecureContextError')
  const on = !wantsRawAudio()
  return media.getUserMedia({
    audio: { echoCancellation: on, noiseSuppression: on, autoGainControl: on, channelCount: 1 },
  })
}

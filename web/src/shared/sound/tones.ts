import { preferences } from '../store/preferences'

let context: AudioContext | null = null
let device = ''

/** The audio context of the desk's tones, on the chosen ring device. */
function tones(): AudioContext | null {
  if (typeof AudioContext === 'undefined') return null
  context ??= new AudioContext()
  const wanted = preferences.current().ring_device
  if (wanted !== device && 'setSinkId' in context) {
    device = wanted
    // A device that has been unplugged falls back to the default one.
    void (context.setSinkId as (id: string) => Promise<void>)(wanted).catch(() => (device = ''))
  }
  void context.resume().catch(() => undefined)
  return context
}

function beep(audio: AudioContext, frequency: number, from_s: number, length_s: number, loudness: number): void {
  const oscillator = audio.createOscillator()
  const gain = audio.createGain()
  oscillator.frequency.value = frequency
  const start = audio.currentTime + from_s
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(loudness, start + 0.02)
  gain.gain.setValueAtTime(loudness, start + length_s - 0.04)
  gain.gain.linearRampToValueAtTime(0, start + length_s)
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(start)
  oscillator.stop(start + length_s)
}

/** Rings until the function that comes back is called. */
export function startRinging(): () => void {
  const ring = () => {
    const audio = tones()
    if (!audio) return
    for (const at of [0, 0.25]) {
      beep(audio, 660, at, 0.22, 0.12)
      beep(audio, 880, at, 0.22, 0.08)
    }
  }
  ring()
  const timer = setInterval(ring, 2000)
  return () => clearInterval(timer)
}

/** Two soft tones every few seconds until the function that comes back is called: an expert waits. */
export function startKnocking(): () => void {
  const knock = () => {
    const audio = tones()
    if (!audio) return
    beep(audio, 590, 0, 0.14, 0.08)
    beep(audio, 740, 0.2, 0.18, 0.08)
  }
  knock()
  const timer = setInterval(knock, 3000)
  return () => clearInterval(timer)
}

/** One short tone: a chat message came. */
export function playChatTone(): void {
  const audio = tones()
  if (!audio) return
  beep(audio, 740, 0, 0.09, 0.08)
  beep(audio, 990, 0.09, 0.12, 0.08)
}
